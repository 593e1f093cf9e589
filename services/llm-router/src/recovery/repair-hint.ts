import type { ChatMessage, ChatRequest } from '../providers/provider-adapter.ts'

/**
 * What a model is told when its answer could not be used: what was wrong, and what an answer must be.
 * Made from what the journal keeps, so that another worker that takes the call over says the same.
 */
export const repairHint = (
  reason: string,
  { tools, outputSchema }: Pick<ChatRequest, 'tools' | 'outputSchema'>,
): ChatMessage => {
  const demands = [
    ...(tools.length === 0
      ? []
      : [
          `Call only these tools: ${tools.map(({ name }) => name).join(', ')}. The arguments of each call must be one valid JSON object that fits the tool's parameters.`,
        ]),
    ...(outputSchema === null
      ? []
      : ['A final answer must be one valid JSON object that fits the schema you were given.']),
  ]
  const what = `Your previous answer could not be used and was thrown away (${reason.replace(/\.$/, '')}).`
  return { role: 'user', text: [what, ...demands, 'Answer again from the beginning.'].join(' ') }
}
