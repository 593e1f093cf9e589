import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { setTimeout as sleep } from 'node:timers/promises'

const pauseMsMin = 1_000
const pauseMsMax = 4_000

export type Kill = { name: string; atMs: number }

/** kill -9 of one of `names` every few seconds while there is work; its supervisor starts it again. */
export const killAtRandom = async (
  system: TestSystem,
  {
    names,
    random,
    isOver,
  }: { names: readonly string[]; random: () => number; isOver: () => boolean },
): Promise<Kill[]> => {
  const kills: Kill[] = []
  /** Every name once before any comes again: chance alone may spare one. */
  let round: string[] = []
  for (;;) {
    await sleep(pauseMsMin + random() * (pauseMsMax - pauseMsMin))
    if (isOver()) return kills
    if (round.length === 0) round = [...names]
    const [name = ''] = round.splice(Math.floor(random() * round.length), 1)
    kills.push({ name, atMs: Date.now() })
    await system.kill(name)
    await system.untilReady(name)
  }
}
