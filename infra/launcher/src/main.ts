import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildConsole } from './build-console.ts'
import { explainFailure } from './explain-failure.ts'
import { connectionOf, removeConnection, writeConnection } from './home/connection-file.ts'
import { lockHome } from './home/home-lock.ts'
import { sweepLeftProcesses } from './home/pid-file.ts'
import { LaunchFailure } from './launch-failure.ts'
import { describeNews } from './describe-news.ts'
import { createProgress } from './progress.ts'
import { isPortFree } from './servers/free-port.ts'
import { readSettings, type Settings } from './settings.ts'
import { startSystem, type System, type StartingSystem } from './start-system.ts'
import { submitExample } from './submit-example.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const webDist = join(root, 'apps', 'web', 'dist')
const progress = createProgress((text) => process.stdout.write(text))
const startedAtMs = performance.now()
// A terminal that was closed must not keep us from stopping what runs.
process.stdout.on('error', () => undefined)

/** Our own two relays of one Ctrl-C are not a second wish of the person. */
const SAME_WISH_MS = 2_000

let system: StartingSystem | undefined
let leaveHome = () => undefined as void
let forgetConnection = () => undefined as void
let stoppingSinceMs: number | undefined

/** Services first, servers last, the lock at the very end. A second signal hastens the first part. */
const stop = async (exitCode: number): Promise<void> => {
  if (stoppingSinceMs !== undefined) {
    if (performance.now() - stoppingSinceMs > SAME_WISH_MS) await system?.stop({ graceMs: 0 })
    return
  }
  stoppingSinceMs = performance.now()
  forgetConnection()
  await system?.stop()
  leaveHome()
  if (exitCode === 0) progress.text('  Everything is stopped; your data are kept.\n')
  process.exit(exitCode)
}

const failWith = (error: unknown, home: string): void => {
  if (stoppingSinceMs !== undefined) return
  const { message, whatToDo, logTail } = explainFailure(error, home)
  process.stderr.write(`\n  ✗ ${message}\n  → ${whatToDo}\n`)
  if (logTail) process.stderr.write(`\n${logTail}\n`)
  void stop(1)
}

const requirePort = async ({ port, host }: Settings): Promise<void> => {
  if (await isPortFree(port, host)) return
  throw new LaunchFailure(
    `port ${port} is taken by another program (or ${host} is no address of this machine)`,
    `Choose another: PORT=${port + 1} npm start`,
  )
}

const sayWhereItIs = (running: System, connectionFile: string): void => {
  const { consoleUrl, token, infrastructure } = running
  const { outsideNats } = infrastructure
  const natsUser = outsideNats?.login?.user
  const natsLine = outsideNats
    ? `${outsideNats.url}  (for outside programs, as ${natsUser === undefined ? 'anybody' : `user ${natsUser}`})`
    : 'for the services alone: NATS_OUTSIDE_URL names a user for outside programs, and is not set'
  progress.text(`
  Maestro answers after ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s

  Console         ${consoleUrl}/?token=${encodeURIComponent(token)}
  NATS            ${natsLine}
  Connection      ${connectionFile}

  Ctrl-C stops everything.
`)
}

const launch = async (settings: Settings): Promise<void> => {
  const { home } = settings
  const connectionFile = join(home, 'connection.json')
  mkdirSync(join(home, 'logs'), { recursive: true })
  leaveHome = lockHome(home)
  await requirePort(settings)
  forgetConnection = () => removeConnection(connectionFile)
  forgetConnection()
  const left = await sweepLeftProcesses(join(home, 'pids.json'))
  if (left > 0) progress.line('Left over', `${left} processes of an earlier start ended`)
  if (stoppingSinceMs !== undefined) return

  let running: System | undefined
  const refreshConnection = () => {
    if (running) writeConnection(connectionFile, connectionOf(running, home))
  }
  system = startSystem({
    ...settings,
    servicesFolder: join(root, 'services'),
    webDist,
    isDurable: true,
    env: process.env,
    onReady: progress.line,
    onDownload: (name) => progress.line('Download', `${name} from Debian's archive`),
    onNews: (news) => {
      const text = describeNews(news)
      if (text !== undefined) progress.text(`  ${text}\n`)
      if (news.kind === 'spawned') refreshConnection()
    },
  })
  const buildStartedAtMs = performance.now()
  const console = buildConsole(root, webDist).then((outcome) =>
    progress.line('Console', outcome === 'built' ? 'built' : 'up to date', buildStartedAtMs),
  )
  const [started] = await Promise.all([system.started, console])
  running = started
  refreshConnection()
  sayWhereItIs(started, connectionFile)
  const said = await submitExample({ home, ...started })
  if (said !== undefined) progress.text(`  Example: ${said}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stoppingSinceMs === undefined) progress.text('\n  Stopping …\n')
    void stop(0)
  })
}
process.on('uncaughtException', (error) => failWith(error, '.maestro'))

try {
  const settings = readSettings(process.env, root)
  await launch(settings).catch((error: unknown) => failWith(error, settings.home))
} catch (error) {
  failWith(error, '.maestro')
}
