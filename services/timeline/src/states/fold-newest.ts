import type { Logger } from '@maestro/service-kit/logger'
import { setTimeout as delay } from 'node:timers/promises'
import type { HistoryStore } from '../history/history-store.ts'
import type { TaskFollower } from './follow-tasks.ts'

/** Tasks that somebody is likely to look at next. */
const newestMax = 4
/** Whoever asks for one waits no longer for this. */
const waitMsMax = 2_000

/**
 * Folds the newest long tasks before anybody asks: who asks a process that has just started finds it
 * with its connections open, its code compiled and these states at hand.
 */
export const foldNewest = async ({
  history,
  follower,
  every,
  log,
}: {
  history: Pick<HistoryStore, 'newest'>
  follower: TaskFollower
  every: number
  log: Logger
}): Promise<void> => {
  try {
    follower.note(await history.newest(every, newestMax))
    await Promise.race([follower.idle(), delay(waitMsMax, undefined, { ref: false })])
  } catch (error) {
    // Nothing is lost but the head start.
    log.warn({ err: error }, 'the newest tasks could not be folded before they are asked for')
  }
}
