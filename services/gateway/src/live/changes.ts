import { writeMessage } from './live-message.ts'
import type { Topics } from './topics.ts'

/** Says that something changed and should be read again; often, but never more often than people can read. */
export type Changes = {
  /** `id`: what changed; `*`: perhaps everything. */
  touch: (topic: string, id: string) => void
  close: () => void
}

const everyMs = 250
/** More of one topic at once is `*`. */
const idsMax = 200

export const createChanges = ({ topics }: { topics: Topics }): Changes => {
  const touched = new Map<string, Set<string>>()
  let toldAt = 0
  let timer: NodeJS.Timeout | null = null

  const tell = () => {
    timer = null
    toldAt = performance.now()
    for (const [topic, ids] of touched) {
      for (const id of ids.size > idsMax ? ['*'] : ids) {
        topics.tell(topic, writeMessage({ op: 'changed', topic, id }))
      }
    }
    touched.clear()
  }

  return {
    touch: (topic, id) => {
      if (!topics.isWatched(topic)) return
      const ids = touched.get(topic) ?? new Set()
      touched.set(topic, ids.add(id))
      timer ??= setTimeout(tell, Math.max(0, toldAt + everyMs - performance.now()))
    },
    close: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
