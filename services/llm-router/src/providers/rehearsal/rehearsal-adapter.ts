import { setTimeout as delay } from 'node:timers/promises'
import type { Answer } from '@maestro/contracts/llm/chat'
import { estimateUsage } from '../estimate-usage.ts'
import type { ChatDelta, ChatRequest, ChatResult, ProviderAdapter } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { answerStep } from './answer-step.ts'
import { draftPlan } from './draft-plan.ts'
import { judgePlan } from './judge-plan.ts'
import { judgeResult } from './judge-result.ts'
import { readPrompt } from './read-prompt.ts'
import { refineOutput } from './refine-output.ts'
import { rehearsalEmbedder } from './rehearsal-embedder.ts'
import type { RehearsalAnswer } from './rehearsal-answer.ts'
import { sampleOf } from './sample-of.ts'
import { splitText } from './split-text.ts'

const rehearsalModel = 'rehearsal-1'

/** As many pieces as a person can watch grow, however long the text is. */
const chunksMax = 40
/** A piece shorter than this is not worth an event of its own. */
const chunkCharactersMin = 24

const answerOf = (request: ChatRequest): RehearsalAnswer => {
  const prompt = readPrompt(request)
  const { brief } = prompt
  const json = (value: unknown): RehearsalAnswer => ({ text: JSON.stringify(value), toolCalls: [] })
  switch (brief.purpose) {
    case 'plan':
      return json(draftPlan(prompt, brief))
    case 'judge-agents':
    case 'judge-plan':
      return json(judgePlan(prompt, brief))
    case 'refine':
      return json(refineOutput(prompt, brief))
    case 'observe':
      return json(judgeResult(prompt, brief))
    case 'step':
      return promised(request, answerStep(prompt, brief))
    default:
      return brief satisfies never
  }
}

/** What is promised by a schema is made up to fit it. */
const promised = ({ outputSchema }: ChatRequest, answer: RehearsalAnswer): RehearsalAnswer =>
  outputSchema === null || answer.toolCalls.length > 0
    ? answer
    : { text: JSON.stringify(sampleOf(outputSchema.schema)), toolCalls: [] }

const resultOf = (request: ChatRequest): ChatResult => {
  const { text, toolCalls } = answerOf(request)
  const answer: Answer = {
    text,
    reasoning: '',
    toolCalls: [...toolCalls],
    finish: toolCalls.length > 0 ? 'tool_calls' : 'stop',
    providerParts: null,
  }
  const usage = estimateUsage(request, answer)
  return { answer, model: rehearsalModel, usage, usageEstimated: true }
}

/**
 * The provider for trying Maestro without a key, for tests and for load: deterministic, no network,
 * no model. It reads the same messages as a model and works through the same tools. A broken answer is
 * never given, so a request to repair one gets the answer itself again.
 */
export const createRehearsalAdapter = ({
  chunkDelayMs = 15,
}: {
  /** So that a person sees an answer grow; 0 gives it in one piece at once. */
  chunkDelayMs?: number
} = {}): ProviderAdapter => {
  const stream = async (
    result: ChatResult,
    { signal, onDelta }: { signal: AbortSignal; onDelta: (delta: ChatDelta) => void },
  ): Promise<void> => {
    const { text } = result.answer
    if (chunkDelayMs === 0) {
      if (text !== '') onDelta({ kind: 'text', text })
      return
    }
    let said = ''
    for (const piece of splitText(text, {
      piecesMax: chunksMax,
      charactersMin: chunkCharactersMin,
    })) {
      try {
        await delay(chunkDelayMs, undefined, { signal })
      } catch (cause) {
        const message = 'The call to rehearsal was cancelled.'
        throw new ProviderFailure('cancelled', message, {
          cause,
          usage: result.usage,
          afterContent: said !== '',
          brokenOff: said === '' ? null : { ...result.answer, text: said, finish: 'broken-off' },
        })
      }
      onDelta({ kind: 'text', text: piece })
      said += piece
    }
  }
  const refuseAborted = (signal: AbortSignal): void => {
    if (!signal.aborted) return
    const { reason: cause } = signal
    throw new ProviderFailure('cancelled', 'The call to rehearsal was cancelled.', { cause })
  }

  return {
    provider: 'rehearsal',
    defaultModel: rehearsalModel,
    embedder: rehearsalEmbedder,
    chat: async (request, { signal }) => {
      refuseAborted(signal)
      return resultOf(request)
    },
    stream: async (request, options) => {
      refuseAborted(options.signal)
      const result = resultOf(request)
      await stream(result, options)
      return result
    },
  }
}
