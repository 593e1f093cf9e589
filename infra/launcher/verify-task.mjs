// `npm run verify:task -- <file>`: says whether the file of a task is whole and as it was made.
import { runInBench } from './run-in-bench.mjs'

const usage = `  npm run verify:task -- <file>     whether the file of a task is whole, and where it is not
`
const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(`\n${usage}\n`)
  process.exit(0)
}
if (words.length !== 1 || words[0].startsWith('-')) {
  process.stderr.write(`\n  ✗ npm run verify:task needs a file\n\n${usage}\n`)
  process.exit(1)
}
// The file is named from where the person stands.
await runInBench('verify-task-main.ts', words, { cwd: process.cwd() })
