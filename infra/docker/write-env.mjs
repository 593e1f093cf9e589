// `node infra/docker/write-env.mjs`: writes .env with a secret for everything that .env.example leaves empty. What an .env
// has already stays as it is. Plain JavaScript without packages: nothing is installed yet when it runs.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The names that a file sets, and to what. */
const readEnv = (text) =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim()) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )

/** What is missing or empty gets a new secret in its place; missing names are added at the end. */
export const fillEnv = (example, present, newSecret) => {
  const known = readEnv(present ?? '')
  const secrets = new Map(
    [...readEnv(example)].flatMap(([name, value]) =>
      value === '' && !known.get(name) ? [[name, newSecret()]] : [],
    ),
  )
  const filled = (present ?? example)
    .split('\n')
    .map((line) => {
      const name = /^([A-Z][A-Z0-9_]*)=\s*$/.exec(line)?.[1]
      return name !== undefined && secrets.has(name) ? `${name}=${secrets.get(name)}` : line
    })
    .join('\n')
  const added = [...secrets].filter(([name]) => !readEnv(filled).has(name))
  return filled.replace(/\n*$/, '\n') + added.map(([name, value]) => `${name}=${value}\n`).join('')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, '.env')
  const present = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const example = readFileSync(join(root, '.env.example'), 'utf8')
  const filled = fillEnv(example, present, () => `m${randomBytes(24).toString('hex')}`)
  if (filled !== present) {
    writeFileSync(file, filled, { mode: 0o600 })
    console.log(present === undefined ? '.env written, with new secrets' : '.env completed')
  }
  const env = readEnv(filled)
  const port = process.env.PORT || env.get('PORT') || '8080'
  console.log(`Console http://127.0.0.1:${port}/?token=${env.get('MAESTRO_TOKEN')}`)
}
