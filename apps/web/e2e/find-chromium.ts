import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The system's Chromium, or the one that `CHROMIUM_PATH` names; null where there is none. */
export const findChromium = (env: NodeJS.ProcessEnv): string | null => {
  const named = env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : null
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find((path) => existsSync(path)) ?? null
}
