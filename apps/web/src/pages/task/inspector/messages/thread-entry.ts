import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** Who speaks in the thread of a step. */
export type ThreadVoice = 'agent' | 'tool' | 'observer' | 'judge' | 'person' | 'maestro'

export type ThreadEntry = {
  readonly seq: number
  readonly atMs: number
  readonly voice: ThreadVoice
  readonly from: string
  /** Null: to nobody in particular. */
  readonly to: string | null
  readonly title: string
  /** What is said, where the event itself holds it. */
  readonly text: string
  /** What is said, where it is kept elsewhere. */
  readonly payload: PayloadRef | null
  readonly tone: 'plain' | 'warn' | 'failed'
  /** It begins an attempt. */
  readonly isStart: boolean
}
