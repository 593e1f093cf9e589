// `npm run bench`: installs what is missing, then prints the figures of bench/, all from one run.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compileCacheFolder, findNode24, install, root } from './install.mjs'
import { readWords } from './read-words.mjs'

const usage = `  npm run bench          installs what is missing, then prints the figures of bench/
  npm run bench:budget   the same for budget alone
  npm run bench:router   what the router adds to a call, and what it takes
  npm run bench:orchestrator  steps a second beside LangGraph.js, load of long tasks, cost of waiting ones
  npm run proof:budget   shows that no limit is passed, however copies and workers die
  npm run bench:live     events a second to 500 clients, beside bare ws
  npm run proof:live     shows that a viewer who is cut off again and again misses nothing
  npm run bench:timeline states of a task of 100,000 events, and searches over a million
`
const [part = ''] = readWords({
  command: 'npm run bench',
  usage,
  known: ['budget', 'live', 'orchestrator', 'proof-budget', 'proof-live', 'router', 'timeline'],
})
await install()
const child = spawn(
  findNode24(),
  [join(root, 'bench', 'src', part === '' ? 'main.ts' : `${part}-main.ts`)],
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: compileCacheFolder },
  },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
