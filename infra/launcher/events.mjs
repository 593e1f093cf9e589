// `npm run events -- <task id>`: prints the events of a task from the orchestrator's database, where they stand packed.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { compileCacheFolder, endWithReader, fail, findNode24, install, root } from './install.mjs'

const usage = `  npm run events -- <task id>     the events of a task as one JSON object per line, from the database itself;
                                  Postgres has to run, the services need not
`
const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(`\n${usage}\n`)
  process.exit(0)
}
if (words.length !== 1 || words[0].startsWith('-')) {
  process.stderr.write(`\n  ✗ npm run events needs the id of a task\n\n${usage}\n`)
  process.exit(1)
}

const home = process.env.MAESTRO_HOME || '.maestro'
const readHome = (name) =>
  JSON.parse(readFileSync(join(isAbsolute(home) ? home : join(root, home), name), 'utf8')).postgres

/** Of the server that `npm start` uses with the same environment. */
const serverUrl = () => {
  if (process.env.POSTGRES_URL) return process.env.POSTGRES_URL
  try {
    return `postgres://maestro:${readHome('secrets.json')}@127.0.0.1:${readHome('ports.json')}`
  } catch {
    return fail(
      `there is no Maestro in ${home}`,
      'Name its folder with MAESTRO_HOME, or its server with POSTGRES_URL.',
    )
  }
}
const url = new URL(serverUrl())
url.pathname = '/orchestrator'

await install()
const program = join(root, 'services', 'orchestrator', 'src', 'print-events-main.ts')
const child = spawn(findNode24(), ['--import', endWithReader, program, ...words], {
  stdio: 'inherit',
  env: {
    ...process.env,
    POSTGRES_URL: url.href,
    NODE_NO_WARNINGS: '1',
    NODE_COMPILE_CACHE: compileCacheFolder,
  },
})
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
