import type { AnswerCollector } from '../answer-collector.ts'
import { type AttemptTimers, cloudTimers } from '../attempt-timers.ts'
import { once } from '../once.ts'
import type { ProviderAdapter } from '../provider-adapter.ts'
import { replyEvents } from '../reply-events.ts'
import { type AnswerReader, createWireAdapter } from '../wire-adapter.ts'
import { type GroqClient, loadGroqClient } from './groq-client.ts'
import { groqStreamError, toGroqFailure } from './groq-failure.ts'
import { isGroqWholeOnly, toGroqRequest } from './groq-request.ts'
import { GroqChunk, GroqCompletion, groqUsage } from './groq-wire.ts'

export const groqDefaultModel = 'openai/gpt-oss-120b'
export const groqDefaultAddress = 'https://api.groq.com'

const reader = (collector: AnswerCollector): AnswerReader => {
  const count = (wire: unknown) => {
    const usage = groqUsage(wire)
    if (usage !== null) collector.usage(usage)
  }
  const finish = (reason: string | null | undefined) => {
    if (typeof reason === 'string') collector.finish(reason === 'length' ? 'length' : 'stop')
  }
  return {
    chunk: (wire) => {
      const chunk = GroqChunk.parse(wire)
      if (chunk.model !== undefined) collector.model(chunk.model)
      count(chunk.usage)
      count(chunk.x_groq?.usage)
      const error = chunk.x_groq?.error
      if (error != null) throw groqStreamError(error)
      const choice = chunk.choices[0]
      if (choice === undefined) return
      collector.reasoning(choice.delta.reasoning ?? '')
      collector.text(choice.delta.content ?? '')
      for (const { index, id, function: part } of choice.delta.tool_calls ?? [])
        collector.toolCallPiece(index, {
          id: id ?? undefined,
          name: part?.name ?? undefined,
          argumentsText: part?.arguments ?? '',
        })
      finish(choice.finish_reason)
    },
    whole: (wire) => {
      const completion = GroqCompletion.parse(wire)
      if (completion.model !== undefined) collector.model(completion.model)
      count(completion.usage)
      const choice = completion.choices[0]
      if (choice === undefined) return
      collector.reasoning(choice.message.reasoning ?? '')
      collector.text(choice.message.content ?? '')
      for (const { id, function: call } of choice.message.tool_calls ?? [])
        collector.toolCall({
          id: id ?? undefined,
          name: call.name,
          argumentsText: call.arguments,
        })
      finish(choice.finish_reason)
    },
    parts: () => undefined,
  }
}

export const createGroqAdapter = ({
  apiKey,
  address = groqDefaultAddress,
  defaultModel = groqDefaultModel,
  timers = cloudTimers,
}: {
  apiKey: string
  address?: string | undefined
  defaultModel?: string | undefined
  timers?: AttemptTimers | undefined
}): ProviderAdapter => ({
  provider: 'groq',
  defaultModel,
  ...createWireAdapter<GroqClient>(
    {
      provider: 'groq',
      load: once(() => loadGroqClient({ apiKey, address, timers })),
      stream: (client, request, send) => client.stream(toGroqRequest(request), send),
      whole: (client, request, send) => client.whole(toGroqRequest(request), send),
      readStream: replyEvents,
      isWholeOnly: isGroqWholeOnly,
      reader,
      toFailure: toGroqFailure,
    },
    timers,
  ),
})
