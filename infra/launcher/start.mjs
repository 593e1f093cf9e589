// `npm start`: installs what is missing, then hands over to src/main.ts on Node 24.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { compileCacheFolder, findNode24, install, root } from './install.mjs'

const PARENT_CHECK_MS = 1_000
const SETPRIV = '/usr/bin/setpriv'

process.stdout.write('\n  Maestro\n\n')
await install()

// npm passes signals on, but cannot pass on its own death.
const parent = process.ppid
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS).unref()
}

const main = join(root, 'infra', 'launcher', 'src', 'main.ts')
const node = findNode24()
process.env.NODE_COMPILE_CACHE = compileCacheFolder

if (node === process.execPath) {
  module.enableCompileCache(compileCacheFolder)
  await import(main)
} else {
  const guarded = existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'TERM', '--', node, main]]
    : [node, [main]]
  const child = spawn(...guarded, { stdio: 'inherit' })
  // A Ctrl-C reaches the child as well; hearing it twice does it no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
}
