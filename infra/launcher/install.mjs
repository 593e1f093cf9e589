// Runs before anything is installed, on whatever Node the machine has: plain JavaScript, no dependencies.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const NODE_MIN = [20, 19]
/** What the services and the launcher itself run on. */
const NODE_MAJOR = 24
/** The end of what npm says is where it says why. */
const OUTPUT_LINES_MAX = 15

const stampFile = join(root, 'node_modules', '.maestro-installed')

/** Prints a line in the form of the launcher's own. */
export const say = (title, text) => process.stdout.write(`  ${title.padEnd(16)}${text}\n`)

export const fail = (reason, whatToDo, details = '') => {
  process.stderr.write(`\n  ✗ ${reason}\n  → ${whatToDo}\n`)
  if (details) process.stderr.write(`\n${details}\n`)
  process.exit(1)
}

const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return
  fail(
    `Node ${process.versions.node} is too old`,
    `Maestro needs Node ${NODE_MIN.join('.')} or newer: https://nodejs.org`,
  )
}

/** Every file that says what should be in node_modules. */
const manifests = () => {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const folders = workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern]
    const parent = pattern.slice(0, -2)
    return existsSync(join(root, parent))
      ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
      : []
  })
  const files = [
    'package.json',
    'package-lock.json',
    ...folders.map((each) => `${each}/package.json`),
  ]
  return files.filter((file) => existsSync(join(root, file))).toSorted((a, b) => a.localeCompare(b))
}

/** Contents, not times: a checkout gives every file a new time. */
const wantedState = () => {
  const hash = createHash('sha256')
  for (const file of manifests()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.update(`${process.platform} ${process.arch}`).digest('hex')
}

/** npm writes this file last; whoever ran `npm install` by hand a moment ago need not wait for a second one. */
const isNewerThanManifests = () => {
  const written = statSync(join(root, 'node_modules', '.package-lock.json'), {
    throwIfNoEntry: false,
  })
  if (!written) return false
  return manifests().every((file) => statSync(join(root, file)).mtimeMs <= written.mtimeMs)
}

const isInstalled = () =>
  (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === wantedState()) ||
  isNewerThanManifests()

const explain = (output) => {
  if (/ENOSPC|no space left/i.test(output)) {
    return ['no space left on the disk', 'Free about 1.5 GB and start again.']
  }
  if (/EACCES|EPERM|EROFS|permission denied/i.test(output)) {
    return [
      `no right to write in ${root}`,
      'Give yourself the right (chown), or clone Maestro into a folder of your own.',
    ]
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|SELF_SIGNED_CERT|CERT_/.test(
      output,
    )
  ) {
    return [
      'the package registry cannot be reached',
      'Check the network (and, behind a proxy, npm config get proxy and NODE_EXTRA_CA_CERTS), then start again.',
    ]
  }
  return ['npm install failed', 'Read what npm says below; `npm install` by hand shows all of it.']
}

/** The npm that started us, or the one on the PATH. */
const npmCommand = () => {
  const cli = process.env.npm_execpath
  return cli?.endsWith('.js')
    ? { command: process.execPath, before: [cli] }
    : { command: 'npm', before: [] }
}

const runNpmInstall = () =>
  new Promise((resolve) => {
    const { command, before } = npmCommand()
    // A production environment would leave out what builds the console. Not `npm ci`: it removes what is there and
    // takes the whole time again. The lock file is read and never written: each npm has its own idea of its details,
    // and a start is no change to the project. Who adds a package writes it, with `npm install` by hand.
    const args = [
      ...before,
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--include=dev',
      '--include=optional',
    ]
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }))
    child.once('close', (code) => resolve({ code, output }))
  })

/** Installs what is missing. Says nothing and costs nothing when nothing is. */
export const install = async () => {
  checkNode()
  if (isInstalled()) return
  const startedAtMs = performance.now()
  say('Packages', 'installing (a minute or so the first time)')
  const { code, output } = await runNpmInstall()
  if (code !== 0) {
    fail(...explain(output), output.trim().split('\n').slice(-OUTPUT_LINES_MAX).join('\n'))
  }
  try {
    writeFileSync(stampFile, `${wantedState()}\n`)
  } catch (error) {
    fail(...explain(String(error)))
  }
  say('Packages', `installed in ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s`)
}

/** Our own Node when the machine's is not it. */
export const findNode24 = () => {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(own)) return own
  return fail(
    `Maestro runs on Node ${NODE_MAJOR}, and npm has none for ${process.platform} ${process.arch}`,
    `Install Node ${NODE_MAJOR} from https://nodejs.org and start again.`,
  )
}

/** For programs that print much, see there. */
export const endWithReader = join(root, 'infra', 'launcher', 'end-with-reader.mjs')
/** Compiled code is kept from one start to the next; services start twice as fast with it. */
export const compileCacheFolder = join(root, 'node_modules', '.cache', 'maestro-compile')
