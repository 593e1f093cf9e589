import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A package of its own, which nothing else needs: what it names is installed by this benchmark alone. */
export const peersFolder = join(import.meta.dirname, '../../peers')

/** @returns why they cannot be had; null when they are there. */
export const installPeers = (): string | null => {
  if (existsSync(join(peersFolder, 'node_modules', '@langchain', 'langgraph'))) return null
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-save'], {
    cwd: peersFolder,
    encoding: 'utf8',
  })
  return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? 'npm install failed')
}
