import { writeMessage } from './live-message.ts'
import type { Viewer } from './viewer.ts'

/** Who watches the plain topics. */
export type Topics = {
  join: (topic: string, viewer: Viewer) => void
  leave: (topic: string, viewer: Viewer) => void
  isWatched: (topic: string) => boolean
  tell: (topic: string, text: string) => void
}

/** Topics that are no task's. */
export const plainTopics = ['tasks', 'approvals', 'budgets', 'queues', 'system'] as const

export const createTopics = (): Topics => {
  const viewers = new Map<string, Set<Viewer>>(plainTopics.map((topic) => [topic, new Set()]))
  return {
    join: (topic, viewer) => {
      viewers.get(topic)?.add(viewer)
      viewer.caughtUp(0)
      // From here on nothing is missed: what the client reads now is at least as old.
      viewer.deliver(writeMessage({ op: 'head', topic, seq: 0 }), null)
    },
    leave: (topic, viewer) => void viewers.get(topic)?.delete(viewer),
    isWatched: (topic) => (viewers.get(topic)?.size ?? 0) > 0,
    tell: (topic, text) => {
      for (const viewer of viewers.get(topic) ?? []) viewer.deliver(text, null)
    },
  }
}
