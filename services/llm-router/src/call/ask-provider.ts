import { Answer } from '@maestro/contracts/llm/chat'
import type { Logger } from '@maestro/service-kit/logger'
import type { LiveText } from '../live/live-publisher.ts'
import type { ChatRequest, ChatResult, ProviderAdapter } from '../providers/provider-adapter.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { type StopReason, stopReasonOf } from './stop-reason.ts'

/** Adapters end at once when they are stopped; one that does not must not hold the call. */
const stopGraceMs = 250

export type ProviderReply =
  | { kind: 'answered'; result: ChatResult; firstTokenMs: number | null }
  | { kind: 'failed'; failure: ProviderFailure }

/** One request to one provider, its text published as it comes. Never throws. */
export const askProvider = async ({
  adapter,
  request,
  live,
  signal,
  log,
}: {
  adapter: ProviderAdapter
  request: ChatRequest
  live: LiveText
  signal: AbortSignal
  log: Logger
}): Promise<ProviderReply> => {
  const sentAtMs = performance.now()
  let firstTokenMs: number | null = null
  const stopped = Promise.withResolvers<never>()
  const onStop = () => {
    setTimeout(
      () => stopped.reject(new ProviderFailure('cancelled', 'The call was stopped.')),
      stopGraceMs,
    )
  }
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) onStop()
  try {
    const result = await Promise.race([
      adapter.stream(request, {
        signal,
        onDelta: ({ kind, text }) => {
          firstTokenMs ??= Math.round(performance.now() - sentAtMs)
          if (kind === 'text') live.add(text)
        },
      }),
      stopped.promise,
    ])
    const answer = Answer.safeParse(result.answer)
    if (!answer.success) throw new ProviderFailure('model_output', 'The answer breaks our limits.')
    live.finish(answer.data.text)
    return { kind: 'answered', result: { ...result, answer: answer.data }, firstTokenMs }
  } catch (error) {
    const failure = toFailure(error, signal, log)
    if (failure.brokenOff === null) live.drop()
    else live.breakOff(failure.brokenOff.text)
    return { kind: 'failed', failure }
  } finally {
    signal.removeEventListener('abort', onStop)
    // Nobody may be listening any more when the grace ends.
    stopped.promise.catch(() => {})
  }
}

const stopWords: Record<StopReason, string> = {
  deadline: 'The deadline passed while it answered.',
  cancelled: 'The call was stopped on request.',
  stopping: 'Its worker was stopped.',
  lost: 'Another worker has taken the call over.',
}

/** Whoever stopped the call knows why it failed; what the adapter made of it adds only the usage. */
const toFailure = (error: unknown, signal: AbortSignal, log: Logger): ProviderFailure => {
  const failure =
    error instanceof ProviderFailure
      ? error
      : new ProviderFailure('internal', 'The adapter of the provider broke.', { cause: error })
  const stopReason = stopReasonOf(signal)
  if (stopReason === null) {
    if (failure.failureClass === 'internal') log.error({ err: error }, 'an adapter broke')
    return failure
  }
  const { usage, afterContent, brokenOff } = failure
  const facts = { usage, afterContent, brokenOff }
  const failureClass = stopReason === 'deadline' ? 'deadline' : 'cancelled'
  return new ProviderFailure(failureClass, stopWords[stopReason], facts)
}
