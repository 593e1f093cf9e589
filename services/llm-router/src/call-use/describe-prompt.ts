import { createHash } from 'node:crypto'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { canonicalJson } from '../cache/canonical-json.ts'
import { type KeyPlace, keyOfRequest } from '../cache/key-of-request.ts'
import type { ResolvedMessage } from '../call/resolve-messages.ts'
import type { AskedPrompt } from './asked-prompt.ts'

/** Keys and sizes of a request. */
export const describePrompt = (
  place: KeyPlace,
  work: CallWork,
  messages: readonly ResolvedMessage[],
): AskedPrompt => {
  const isSystem = ({ role }: ResolvedMessage) => role === 'system'
  const prompt = canonicalJson({ tools: work.tools, system: messages.filter(isSystem) })
  const rest = messages.filter((message) => !isSystem(message))
  const promptBytes = Buffer.byteLength(prompt)
  return {
    requestKey: keyOfRequest(place, work, messages),
    promptKey: createHash('sha256').update(prompt).digest('hex'),
    promptBytes,
    inputBytes: promptBytes + Buffer.byteLength(JSON.stringify(rest)),
  }
}
