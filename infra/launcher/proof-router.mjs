// `npm run proof:router`: installs what is missing, then plays every failure at every provider, and kills workers.
import { runInBench } from './run-in-bench.mjs'

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
await runInBench('proof-router-main.ts', words)
