import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import { runToEnd } from '../process/run-to-end.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { findPostgres, type PostgresBinaries, postgresVersion } from './postgres-binaries.ts'
import { giveTo, reachableBinaries, reachableDataFolder } from './postgres-place.ts'
import { postgresSettings } from './postgres-settings.ts'
import { userForServers } from './system-user.ts'

/** Unicode rules without depending on what locales the machine has, where the server knows them (17 and later). */
const localeArgs = (majorVersion: number): readonly string[] =>
  majorVersion >= 17
    ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    : ['--locale=C.UTF-8']

type NewCluster = {
  binaries: PostgresBinaries
  dataFolder: string
  password: string
  majorVersion: number
}

/** Makes an empty cluster beside its place first: an interrupted start leaves nothing half made. */
const makeCluster = async ({ binaries, dataFolder, password, majorVersion }: NewCluster) => {
  const user = userForServers()
  const unfinished = `${dataFolder}.new`
  const passwordFile = `${dataFolder}.password`
  rmSync(unfinished, { recursive: true, force: true })
  giveTo(unfinished, user)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const { code, output } = await runToEnd({
    command: binaries.initdb,
    args: [
      `--pgdata=${unfinished}`,
      '--username=maestro',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      ...localeArgs(majorVersion),
      '--no-sync',
      '--no-instructions',
    ],
    env: { LC_ALL: 'C', PATH: process.env['PATH'] },
    cwd: '/',
    user,
    timeoutMs: 120_000,
  })
  rmSync(passwordFile, { force: true })
  if (code === 0) return renameSync(unfinished, dataFolder)
  const isFull = output.includes('No space left')
  throw new LaunchFailure(
    isFull
      ? 'no space left on the disk for the database'
      : 'initdb could not make the database folder',
    isFull
      ? 'Free some space (about 1 GB) and start again.'
      : 'Set POSTGRES_URL to use a server of your own instead.',
    { logTail: output.trim() },
  )
}

/** "ready" in its eighth line is how the server tells pg_ctl; it does not depend on the language of the log. */
const saysReady = (dataFolder: string, pid: number): boolean => {
  const file = join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return false
  const lines = readFileSync(file, 'utf8').split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** Prepares a Postgres of our own: binaries, data folder, settings. Its superuser is `maestro`. */
export const createPostgres = async ({
  dataFolder: wantedFolder,
  logFile,
  port,
  password,
  isDurable,
}: {
  dataFolder: string
  logFile: string
  port: number
  password: string
  /** Tests throw their data away and need no disk that has really written. */
  isDurable: boolean
}): Promise<EmbeddedServer> => {
  const user = userForServers()
  const binaries = reachableBinaries(findPostgres(), user)
  const version = await postgresVersion(binaries)
  const majorVersion = Number.parseInt(version, 10)
  const dataFolder = reachableDataFolder(wantedFolder, user)
  const versionFile = join(dataFolder, 'PG_VERSION')
  if (!existsSync(versionFile)) {
    await makeCluster({ binaries, dataFolder, password, majorVersion })
  }
  const dataVersion = readFileSync(versionFile, 'utf8').trim()
  if (Number(dataVersion) !== majorVersion) {
    throw new LaunchFailure(
      `the data in ${dataFolder} are of PostgreSQL ${dataVersion}, but the server here is ${version}`,
      `Run PostgreSQL ${dataVersion} yourself and set POSTGRES_URL, or move the folder away to start anew.`,
    )
  }
  return {
    port,
    version,
    command: {
      name: 'postgres',
      command: binaries.postgres,
      args: ['-D', dataFolder, ...postgresSettings({ port, majorVersion, isDurable })],
      env: { LC_ALL: 'C', PATH: process.env['PATH'] },
      cwd: '/',
      user,
      // Fast shutdown: connections are cut, data are kept.
      deathSignal: 'INT',
      stopSignal: 'SIGINT',
      stopGraceMs: 10_000,
      logFile,
      isReady: ({ pid }) => saysReady(dataFolder, pid),
      readyTimeoutMs: 60_000,
    },
  }
}
