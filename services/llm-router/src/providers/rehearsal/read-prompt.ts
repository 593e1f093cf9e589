import { type Brief, readBrief } from '@maestro/contracts/llm/brief'
import type { ToolCall } from '@maestro/contracts/llm/chat'
import type { ChatRequest } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'

export type PromptOutput = { step: string; title: string; text: string }

/** What a tool answered to a call of an earlier turn. */
export type ToolExchange = { call: ToolCall; result: string }

/** A request as rehearsal understands it. */
export type Prompt = {
  brief: Brief
  goal: string
  instruction: string
  /** JSON of a plan draft; empty where the request has none. */
  plan: string
  guidance: string
  /** Of an output that is refined. */
  version: string
  /** What a step would deliver, where that is judged. */
  delivery: string
  outputs: readonly PromptOutput[]
  /** In the order in which they were asked for. */
  exchanges: readonly ToolExchange[]
  /** How often the model has answered before. */
  turnsDone: number
  toolNames: readonly string[]
}

const openTag = /<(goal|instruction|plan|output|guidance|version|delivery)((?:\s[^<>]*)?)>/g

const entities: Record<string, string> = {
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
}

const attribute = (attributes: string, name: string): string => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)
  return (found?.[1] ?? '').replace(
    /&(?:quot|apos|#39|lt|gt|amp);/g,
    (entity) => entities[entity] ?? '',
  )
}

const readBlocks = (text: string) => {
  const blocks = { goal: '', instruction: '', plan: '', guidance: '', version: '', delivery: '' }
  const outputs: PromptOutput[] = []
  openTag.lastIndex = 0
  for (let open = openTag.exec(text); open !== null; open = openTag.exec(text)) {
    const [, name = '', attributes = ''] = open
    const start = openTag.lastIndex
    const end = text.indexOf(`</${name}>`, start)
    if (end < 0) continue
    const content = text.slice(start, end).trim()
    openTag.lastIndex = end
    if (name === 'output') {
      outputs.push({
        step: attribute(attributes, 'step'),
        title: attribute(attributes, 'title'),
        text: content,
      })
    } else if (
      name === 'goal' ||
      name === 'instruction' ||
      name === 'plan' ||
      name === 'guidance' ||
      name === 'version' ||
      name === 'delivery'
    ) {
      // The first one counts: what looks like a second one stands inside somebody's text.
      blocks[name] ||= content
    }
  }
  return { ...blocks, outputs }
}

const readExchanges = (messages: ChatRequest['messages']): readonly ToolExchange[] => {
  const results = new Map<string, string>()
  for (const message of messages) {
    if (message.role === 'tool') results.set(message.toolCallId, message.text)
  }
  return messages
    .flatMap((message) => (message.role === 'assistant' ? message.toolCalls : []))
    .flatMap((call) => {
      const result = results.get(call.id)
      return result === undefined ? [] : [{ call, result }]
    })
}

/** @throws {ProviderFailure} `invalid_request` when the request has no brief. */
export const readPrompt = ({
  messages,
  tools,
}: Pick<ChatRequest, 'messages' | 'tools'>): Prompt => {
  const first = messages.find((message) => message.role === 'user')
  if (first === undefined) {
    throw new ProviderFailure(
      'invalid_request',
      'rehearsal needs a user message that starts with a brief.',
    )
  }
  let brief: Brief
  try {
    brief = readBrief(first.text)
  } catch (cause) {
    throw new ProviderFailure(
      'invalid_request',
      'rehearsal understands only requests whose first user message starts with a valid brief.',
      { cause },
    )
  }
  return {
    brief,
    ...readBlocks(first.text.slice(first.text.indexOf('</brief>'))),
    exchanges: readExchanges(messages),
    turnsDone: messages.filter((message) => message.role === 'assistant').length,
    toolNames: tools.map(({ name }) => name),
  }
}
