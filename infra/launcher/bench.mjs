// `npm run bench`: installs what is missing, then prints the figures of bench/, all from one run.
import { readWords } from './read-words.mjs'
import { runInBench } from './run-in-bench.mjs'

const usage = `  npm run bench               installs what is missing, then prints the figures of bench/
  npm run bench:budget        the same for budget alone
  npm run bench:router        what the router adds to a call, and what it takes
  npm run bench:orchestrator  steps a second beside LangGraph.js, load of long tasks, cost of waiting ones
  npm run bench:live          events a second to 500 clients, beside bare ws
  npm run bench:timeline      states of a task of 100,000 events, and searches over a million
  npm run proof:budget        shows that no limit is passed, however copies and workers die
  npm run proof:live          shows that a viewer who is cut off again and again misses nothing
  npm run proof:tape          runs recorded tasks again with every provider shut down
`
const [part = ''] = readWords({
  command: 'npm run bench',
  usage,
  known: [
    'budget',
    'live',
    'orchestrator',
    'proof-budget',
    'proof-live',
    'proof-tape',
    'router',
    'timeline',
  ],
})
await runInBench(part === '' ? 'main.ts' : `${part}-main.ts`)
