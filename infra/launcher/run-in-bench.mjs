// Programs of bench/ need what is installed first, and Node 24.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compileCacheFolder, endWithReader, findNode24, install, root } from './install.mjs'

/** Installs what is missing, then runs a file of bench/src with these words; ends with its code. */
export const runInBench = async (file, words = [], { cwd = root } = {}) => {
  await install()
  const args = ['--import', endWithReader, join(root, 'bench', 'src', file), ...words]
  const child = spawn(findNode24(), args, {
    stdio: 'inherit',
    cwd,
    env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: compileCacheFolder },
  })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
