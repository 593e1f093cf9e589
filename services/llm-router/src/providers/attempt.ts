import type { AttemptTimers } from './attempt-timers.ts'
import { ProviderFailure, type TimeoutKind } from './provider-failure.ts'

/** One try at a provider: one AbortController, one timer. */
export type Attempt = {
  /** For the SDK. */
  signal: AbortSignal
  /** Settles like `promise`, or rejects the moment the attempt is over: some SDKs end silently when aborted, some not at all. */
  orOver: <T>(promise: Promise<T>) => Promise<T>
  /** Starts the timer of a phase in place of the one before. */
  await: (phase: TimeoutKind | 'drain') => void
  /** The same phase from now on: something came. */
  touch: () => void
  /** Whether the caller, and not a timer, ended it. */
  isCancelled: () => boolean
}

const limits = {
  headers: 'headersTimeoutMs',
  first_token: 'firstTokenTimeoutMs',
  idle: 'idleTimeoutMs',
  drain: 'drainTimeoutMs',
  whole_answer: 'wholeAnswerTimeoutMs',
} as const satisfies Record<TimeoutKind | 'drain', keyof AttemptTimers>

const waitedFor: Record<TimeoutKind | 'drain', string> = {
  headers: 'did not respond',
  first_token: 'sent no first token',
  idle: 'went silent in the middle of its answer',
  drain: 'did not end its answer',
  whole_answer: 'did not answer',
}

/** Made once: its stack trace takes longer than the rest of an abort. SDKs know it by its name. */
const attemptOver = new DOMException('The attempt is over.', 'AbortError')

/** Runs one try, and leaves nothing behind: no timer, no listener, no open request. */
export const runAttempt = async <T>(
  { provider, timers, signal }: { provider: string; timers: AttemptTimers; signal: AbortSignal },
  run: (attempt: Attempt) => Promise<T>,
): Promise<T> => {
  const cancelled = (cause?: unknown) =>
    new ProviderFailure('cancelled', `The call to ${provider} was cancelled.`, { cause })
  if (signal.aborted) throw cancelled(signal.reason)

  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let endWith: (failure: ProviderFailure) => void = () => {}
  const over = new Promise<never>((_, reject) => {
    endWith = reject
  })
  // Nobody may be waiting when it happens.
  over.catch(() => {})
  const onCancel = () => endWith(cancelled(signal.reason))
  signal.addEventListener('abort', onCancel, { once: true })

  try {
    return await run({
      signal: controller.signal,
      orOver: (promise) => Promise.race([promise, over]),
      await: (phase) => {
        clearTimeout(timer)
        const limitMs = timers[limits[phase]]
        const onTimeout = () => {
          const message = `${provider} ${waitedFor[phase]} within ${limitMs} ms.`
          const timeoutKind = phase === 'drain' ? 'idle' : phase
          endWith(new ProviderFailure('timeout', message, { timeoutKind }))
        }
        timer = setTimeout(onTimeout, limitMs)
      },
      touch: () => timer?.refresh(),
      isCancelled: () => signal.aborted,
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onCancel)
    // Ends the request wherever it stands; after a complete answer there is none left.
    controller.abort(attemptOver)
  }
}
