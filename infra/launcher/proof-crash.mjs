// `npm run proof:crash`: installs what is missing, then runs tasks while everything around them is killed.
import { runInBench } from './run-in-bench.mjs'

const usage = `  npm run proof:crash                100 tasks, while processes are killed at random; some three minutes
  npm run proof:crash -- --seed 7    the same kills as another run with that seed
`
const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(`\n${usage}\n`)
  process.exit(0)
}
const isKnown =
  words.length === 0 || (words.length === 2 && words[0] === '--seed' && /^\d{1,9}$/.test(words[1]))
if (!isKnown) {
  process.stderr.write(`\n  ✗ npm run proof:crash does not know ${words.join(' ')}\n\n${usage}\n`)
  process.exit(1)
}
await runInBench('proof-crash-main.ts', words)
