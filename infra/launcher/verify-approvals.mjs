// `npm run verify:approvals -- <file>`: says whether a record of approvals is whole and as it was made.
import { runInBench } from './run-in-bench.mjs'

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
// The file is named from where the person stands.
await runInBench('verify-approvals-main.ts', words, { cwd: process.cwd() })
