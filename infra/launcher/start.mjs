// `npm start`: installs what is missing, then hands over to src/main.ts on Node 24.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { compileCacheFolder, findNode24, install, root } from './install.mjs'
import { readWords } from './read-words.mjs'

const PARENT_CHECK_MS = 1_000
const SETPRIV = '/usr/bin/setpriv'

const usage = `  npm start             installs what is missing, starts everything, prints one address
  npm start -- --help   prints this

  It takes its settings from the environment; these matter most, docs/operations.md has all of them:

  PORT, HOST                     where console and API are        8080, 127.0.0.1
  MAESTRO_HOME                   data, secrets and logs           .maestro
  MAESTRO_TOKEN                  signs in the owner               made at the first start
  GROQ_API_KEY, GEMINI_API_KEY   models that answer               none: rehearsal does
  OLLAMA_BASE_URL                models of your own               looked for on port 11434
  POSTGRES_URL, NATS_URL,
  REDIS_URL                      servers of your own              private ones are started
  NATS_OUTSIDE_URL               with NATS_URL: the user that     programs outside are given
                                 programs outside get             no address
  LLM_ROUTER_WORKERS             workers that ask models          1
  SCHEDULER_SLOTS_MAX            tasks that run at once           16
  BUDGET_GLOBAL_USD              limit of a month, first start    10
  LOG_LEVEL                      info or debug                    info
  OTEL_EXPORTER_OTLP_ENDPOINT    where traces go                  nowhere

  PORT=8081 GROQ_API_KEY=… npm start
`

readWords({ command: 'npm start', usage })
process.stdout.write('\n  Maestro\n\n')
await install()

// npm passes signals on, but cannot pass on its own death.
const parent = process.ppid
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS).unref()
}

const main = join(root, 'infra', 'launcher', 'src', 'main.ts')
const node = findNode24()
process.env.NODE_COMPILE_CACHE = compileCacheFolder

if (node === process.execPath) {
  module.enableCompileCache(compileCacheFolder)
  await import(main)
} else {
  const guarded = existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'TERM', '--', node, main]]
    : [node, [main]]
  const child = spawn(...guarded, { stdio: 'inherit' })
  // A Ctrl-C reaches the child as well; hearing it twice does it no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
}
