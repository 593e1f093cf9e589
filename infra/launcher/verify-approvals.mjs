// `npm run verify:approvals -- <file>`: says whether a record of approvals is whole and as it was made.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compileCacheFolder, findNode24, install, root } from './install.mjs'

const usage = `  npm run verify:approvals -- <file>                  whether a record of approvals is whole
  npm run verify:approvals -- <file> --head <sha256>  and ends with the line that has this hash
`
const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(`\n${usage}\n`)
  process.exit(0)
}
const isKnown =
  (words.length === 1 || (words.length === 3 && words[1] === '--head')) &&
  !words[0].startsWith('-') &&
  (words.length === 1 || /^[0-9a-f]{64}$/.test(words[2]))
if (!isKnown) {
  process.stderr.write(`\n  ✗ npm run verify:approvals needs a file\n\n${usage}\n`)
  process.exit(1)
}
await install()
const child = spawn(
  findNode24(),
  [join(root, 'bench', 'src', 'verify-approvals-main.ts'), ...words],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: compileCacheFolder },
  },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
