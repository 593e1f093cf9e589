// `node infra/docker/write-env.mjs [folder]`: writes .env with a secret for everything that .env.example leaves empty.
// What an .env has already stays as it is. Plain JavaScript without packages: nothing is installed yet when it runs.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = process.argv[2] ?? root
const file = join(folder, '.env')

const setting = /^([A-Z][A-Z0-9_]*)=(.*)$/

/** The names that a text sets, and to what. */
const readEnv = (text) =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = setting.exec(line.trim()) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )

/** A master key is exactly 32 bytes; everything else begins with a letter. */
const newSecret = (name) =>
  name.endsWith('MASTER_KEY')
    ? randomBytes(32).toString('hex')
    : `m${randomBytes(24).toString('hex')}`

/** What is empty gets a secret in its place; names that an older .env does not have are added at the end. */
const complete = (text, example) => {
  const filled = text
    .split('\n')
    .map((line) => {
      const [, name, value] = setting.exec(line.trim()) ?? []
      return value === '' ? `${name}=${newSecret(name)}` : line
    })
    .join('\n')
  const known = readEnv(filled)
  const added = [...readEnv(example)].filter(([name, value]) => value === '' && !known.has(name))
  const lines = added.map(([name]) => `${name}=${newSecret(name)}\n`).join('')
  return `${filled.replace(/\n*$/, '\n')}${lines}`
}

const example = readFileSync(join(folder, '.env.example'), 'utf8')
const present = existsSync(file) ? readFileSync(file, 'utf8') : undefined
const completed = complete(present ?? example, example)
if (completed !== present) {
  writeFileSync(file, completed, { mode: 0o600 })
  console.log(present === undefined ? '.env written, with new secrets' : '.env completed')
}
const env = readEnv(completed)
const port = process.env.PORT || env.get('PORT') || '8080'
console.log(`Console http://127.0.0.1:${port}/?token=${env.get('MAESTRO_TOKEN')}`)
