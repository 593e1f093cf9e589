import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { LaunchFailure } from './launch-failure.ts'
import { runToEnd } from './process/run-to-end.ts'

const BUILD_TIMEOUT_MS = 180_000
/** Everything that ends up in the console. */
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'libs/contracts/src',
  'libs/task-model/src',
  'package-lock.json',
]

/** When the newest file at or below a path was changed; 0 when there is none. */
export const newestChangeMs = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  // A folder's own time changes when a file is removed from it.
  const below = readdirSync(path).map((name) => newestChangeMs(join(path, name)))
  return Math.max(stat.mtimeMs, ...below)
}

export const isConsoleCurrent = (root: string, stampFile: string): boolean => {
  const builtMs = statSync(stampFile, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.every((source) => newestChangeMs(join(root, source)) <= builtMs)
}

/** Builds the console when its sources are newer than what was built. Says whether it did. */
export const buildConsole = async (root: string, webDist: string): Promise<'built' | 'current'> => {
  const stampFile = join(webDist, '.built')
  if (isConsoleCurrent(root, stampFile)) return 'current'
  // What changes while it is being built counts as newer.
  const startedAt = new Date()
  mkdirSync(webDist, { recursive: true })
  const web = join(root, 'apps', 'web')
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  )
  const { code, output } = await runToEnd({
    command: process.execPath,
    args: [vite, 'build', '--outDir', webDist, '--emptyOutDir', '--logLevel', 'warn'],
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' },
    cwd: web,
    timeoutMs: BUILD_TIMEOUT_MS,
  })
  if (code !== 0 || !existsSync(join(webDist, 'index.html'))) {
    const isFull = output.includes('ENOSPC')
    throw new LaunchFailure(
      isFull ? 'no space left on the disk for the console' : 'the console could not be built',
      isFull
        ? 'Free about 1 GB and start again.'
        : 'See below; `npx vite build` in apps/web shows all of it.',
      { logTail: output.trim() },
    )
  }
  writeFileSync(stampFile, '')
  utimesSync(stampFile, startedAt, startedAt)
  return 'built'
}
