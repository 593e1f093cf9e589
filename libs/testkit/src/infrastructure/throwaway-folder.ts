import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify } from '@maestro/launcher/process/process-identity'

const PREFIX = 'maestro-test-'

/** A test run that was killed could not clean up after itself: the next one does. */
const sweep = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || identify(Number(pid))) continue
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

/** A folder for one run of tests. Others may pass through it: Postgres refuses to be root. */
export const throwawayFolder = (): { path: string; remove: () => void } => {
  sweep()
  const path = join(tmpdir(), `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`)
  mkdirSync(path)
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
