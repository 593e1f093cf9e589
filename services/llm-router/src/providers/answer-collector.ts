import { randomUUID } from 'node:crypto'
import {
  Answer,
  type FinishReason,
  type ProviderName,
  type ToolCall,
} from '@maestro/contracts/llm/chat'
import type { Usage } from '@maestro/contracts/money/cost-of'
import { estimateUsage } from './estimate-usage.ts'
import type { ChatDelta, ChatRequest, ChatResult } from './provider-adapter.ts'
import { ProviderFailure } from './provider-failure.ts'
import { createThinkingSplitter } from './thinking-splitter.ts'

/** Puts an answer together, piece by piece. Adapters tell it what came, in our words. */
export type AnswerCollector = {
  text: (text: string) => void
  reasoning: (text: string) => void
  /** Pieces with the same index are one call; the first brings its name. */
  toolCallPiece: (
    index: number,
    piece: { id?: string | undefined; name?: string | undefined; argumentsText: string },
  ) => void
  /** The next call, whole. */
  toolCall: (call: { id?: string | undefined; name: string; argumentsText: string }) => void
  model: (name: string) => void
  /** The last one counts: providers repeat it. */
  usage: (usage: Usage) => void
  /** Only complete answers have one. */
  finish: (reason: 'stop' | 'length') => void
  isFinished: () => boolean
  received: () => { usage: Usage | null; afterContent: boolean }
  /** What has come of an answer that ends without its end; null: nothing, or nothing that we can store. */
  brokenOff: () => Answer | null
  /** @throws {ProviderFailure} when it never finished, or is no answer that we can store. */
  result: (parts?: unknown) => ChatResult
}

/** A token of a model is four characters, and hardly ever this many: who says more has not kept to its bound. */
const charactersPerTokenMax = 32
/** One token may be a row of blanks. */
const charactersFree = 1_024
/** As many as `Answer` takes. */
const toolCallsMax = 64

type OpenCall = { id: string | undefined; name: string; argumentsText: string }

/** Some providers give no ids, and some models repeat them. */
const withUniqueIds = (calls: readonly OpenCall[]): ToolCall[] => {
  const taken = new Set<string>()
  return calls.map(({ id, name, argumentsText }) => {
    const unique = id === undefined || id === '' || taken.has(id) ? `call_${randomUUID()}` : id
    taken.add(unique)
    // No arguments are an empty object: some models write nothing where a tool takes nothing.
    return { id: unique, name, argumentsText: argumentsText === '' ? '{}' : argumentsText }
  })
}

export const createAnswerCollector = ({
  provider,
  request,
  onDelta,
}: {
  provider: ProviderName
  request: ChatRequest
  onDelta: (delta: ChatDelta) => void
}): AnswerCollector => {
  const said = { text: '', reasoning: '' }
  const calls = new Map<number, OpenCall>()
  let model = request.model
  let usage: Usage | null = null
  let finish: FinishReason | null = null
  const charactersMax = charactersFree + request.outputTokensMax * charactersPerTokenMax
  let characters = 0

  /** A provider that does not end by itself would be listened to, kept and paid for until the deadline. */
  const count = (text: string) => {
    characters += text.length
    if (characters > charactersMax || calls.size > toolCallsMax)
      throw new ProviderFailure(
        'model_output',
        `${provider} went on beyond the ${request.outputTokensMax} tokens that it was asked for.`,
      )
  }
  const say = (kind: 'text' | 'reasoning', text: string) => {
    if (text === '') return
    count(text)
    said[kind] += text
    onDelta({ kind, text })
  }
  const splitter = createThinkingSplitter(say)

  const toolCallPiece: AnswerCollector['toolCallPiece'] = (index, { id, name, argumentsText }) => {
    const call = calls.get(index) ?? { id: undefined, name: '', argumentsText: '' }
    calls.set(index, {
      id: call.id ?? id,
      name: call.name === '' ? (name ?? '') : call.name,
      argumentsText: call.argumentsText + argumentsText,
    })
    count(argumentsText)
  }

  const received = () => ({
    usage,
    afterContent: said.text !== '' || said.reasoning !== '' || calls.size > 0,
  })

  return {
    text: splitter.write,
    reasoning: (text) => say('reasoning', text),
    toolCallPiece,
    toolCall: (call) => toolCallPiece(calls.size, call),
    model: (name) => {
      model = name
    },
    usage: (counted) => {
      usage = counted
    },
    finish: (reason) => {
      splitter.end()
      finish = reason
    },
    isFinished: () => finish !== null,
    received,
    brokenOff: () => {
      if (finish !== null) return null
      splitter.end()
      if (!received().afterContent) return null
      const toolCalls = withUniqueIds([...calls.values()])
      const answer = { ...said, toolCalls, finish: 'broken-off', providerParts: null }
      return Answer.safeParse(answer).data ?? null
    },
    result: (parts) => {
      if (finish === null)
        throw new ProviderFailure(
          'incomplete_stream',
          `The answer of ${provider} broke off before its end.`,
        )
      const toolCalls = withUniqueIds([...calls.values()])
      const answer = Answer.safeParse({
        ...said,
        toolCalls,
        finish: finish === 'stop' && toolCalls.length > 0 ? 'tool_calls' : finish,
        providerParts: parts === undefined ? null : { provider, model: request.model, parts },
      })
      if (!answer.success)
        throw new ProviderFailure('model_output', `${provider} gave an answer beyond our limits.`)
      const result = { answer: answer.data, model }
      return usage === null
        ? { ...result, usage: estimateUsage(request, answer.data), usageEstimated: true }
        : { ...result, usage }
    },
  }
}
