// `npm test`: installs what is missing, then checks and tests everything on infrastructure of its own.
// `npm test -- lint test:unit` runs only the stages that are named.
import { allStages, runStages } from './checks.mjs'
import { findNode24, install } from './install.mjs'
import { readWords } from './read-words.mjs'

const usage = `  npm test                      installs what is missing, then checks and tests everything
  npm test -- lint test:unit    only these stages
  npm test -- --help            prints this

  Stages: ${allStages.join(', ')}

  From the environment:

  CHROMIUM_PATH                 the browser that drives the console   found on the PATH
  TEST_POSTGRES_URL,
  TEST_NATS_URL with
  TEST_NATS_PASSWORD,
  TEST_REDIS_URL                servers that stand already            private ones are started
`

const stages = readWords({ command: 'npm test', usage, known: allStages })
await install()
findNode24()
process.exitCode = await runStages(stages)
