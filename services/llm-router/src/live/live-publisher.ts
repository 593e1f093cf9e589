import { liveSubject } from '@maestro/contracts/bus/subjects'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { LiveDelta } from '@maestro/contracts/llm/live-delta'
import type { NatsConnection } from '@maestro/service-kit/nats'

/** Twenty messages a second read like a flow; more only cost every viewer. */
const publishEveryMs = 50
/** A message holds 1 MiB; a UTF-16 unit can be six bytes of JSON. */
const unitsPerMessageMax = 128 * 1024

/** The text of one attempt on its way to viewers. */
export type LiveText = {
  add: (text: string) => void
  /** Publishes what is still missing of the whole text; nothing is published after it. */
  finish: (whole: string) => void
  /** The same for an attempt that broke off in the middle, and says so. */
  breakOff: (said: string) => void
  /** The attempt failed with nothing to show: what it showed all the same is replaced by the next one. */
  drop: () => void
}

/** Vectors are nothing to watch. */
const unseen: LiveText = {
  add: () => {},
  finish: () => {},
  breakOff: () => {},
  drop: () => {},
}

export const openLiveText = ({
  nats,
  work: { taskId, callId, stepId, purpose },
  attempt,
}: {
  nats: NatsConnection
  work: CallWork
  attempt: number
}): LiveText => {
  if (purpose === 'embed') return unseen
  let from = 0
  let waiting = ''
  let timer: NodeJS.Timeout | null = null

  const publishPiece = (text: string, more: Pick<LiveDelta, 'isBrokenOff'> = {}) => {
    const delta: LiveDelta = { taskId, callId, stepId, purpose, attempt, from, text, ...more }
    from += text.length
    // Volatile: while the bus is away, the journal has the truth.
    if (!nats.isClosed()) nats.publish(liveSubject(taskId, callId), JSON.stringify(delta))
  }
  const publish = () => {
    while (waiting !== '') {
      const text = waiting.slice(0, unitsPerMessageMax)
      waiting = waiting.slice(text.length)
      publishPiece(text)
    }
  }
  const onTime = () => {
    timer = null
    if (waiting === '') return
    publish()
    timer = setTimeout(onTime, publishEveryMs)
  }
  const close = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  return {
    add: (text) => {
      if (text === '') return
      waiting += text
      if (timer !== null) return
      // The first words at once, the next ones together.
      publish()
      timer = setTimeout(onTime, publishEveryMs)
    },
    finish: (whole) => {
      close()
      waiting = whole.slice(from)
      publish()
    },
    breakOff: (said) => {
      close()
      waiting = said.slice(from)
      publish()
      publishPiece('', { isBrokenOff: true })
    },
    drop: () => {
      close()
      waiting = ''
    },
  }
}
