// `npm test`: installs what is missing, then checks and tests everything on infrastructure of its own.
// `npm test -- lint test:unit` runs only the stages that are named.
import { runStages } from './checks.mjs'
import { findNode24, install } from './install.mjs'

await install()
findNode24()
process.exitCode = await runStages(process.argv.slice(2))
