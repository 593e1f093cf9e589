// `npm run proof:router`: installs what is missing, then plays every failure at every provider, and kills workers.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compileCacheFolder, findNode24, install, root } from './install.mjs'

const usage = `  npm run proof:router                  every class of failure at every provider, then 30,000 calls with kills of workers
  npm run proof:router -- --calls 3000  the same with fewer calls
`
const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(`\n${usage}\n`)
  process.exit(0)
}
const isKnown =
  words.length === 0 || (words.length === 2 && words[0] === '--calls' && /^\d+$/.test(words[1]))
if (!isKnown) {
  process.stderr.write(`\n  ✗ npm run proof:router does not know ${words.join(' ')}\n\n${usage}\n`)
  process.exit(1)
}
await install()
const child = spawn(findNode24(), [join(root, 'bench', 'src', 'proof-router-main.ts'), ...words], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: compileCacheFolder },
})
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
