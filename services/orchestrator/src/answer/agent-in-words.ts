import { AppError } from '@maestro/contracts/errors'
import type { AgentChanges } from '@maestro/contracts/task/agent-changes'
import type { AgentParts } from '@maestro/contracts/task/plan-agent'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'

type ChangedAgent = { changed: Partial<AgentParts>; payloads: readonly Payload[] }

/** What is to be changed of an agent, its words put away. */
export const agentInWords = ({
  prompt,
  description,
  tools,
  suggestions,
}: AgentChanges): ChangedAgent => {
  const payloads: Payload[] = []
  const put = (content: string) => {
    const payload = payloadOf('orchestrator', content, 'text/markdown')
    payloads.push(payload)
    return payload.ref
  }
  const changed = {
    ...(prompt !== undefined && { prompt: put(prompt) }),
    ...(description !== undefined && { description: put(description) }),
    ...(tools !== undefined && { tools }),
    ...(suggestions !== undefined && { suggestions: suggestions.map(put) }),
  }
  return { changed, payloads }
}

/** Tools of these that there are not, in a sentence; null when there are all. */
export const unknownTools = (
  wanted: readonly string[] | null | undefined,
  known: readonly string[],
): { reason: string; unknown: readonly string[] } | null => {
  const unknown = (wanted ?? []).filter((name) => !known.includes(name))
  if (unknown.length === 0) return null
  const reason = `there is no tool ${unknown.join(', ')}; there are: ${known.join(', ')}`
  return { reason, unknown }
}

/** @throws {AppError} `INVALID_INPUT` for tools that there are not. */
export const agentAsSaid = (
  changes: AgentChanges,
  tools: readonly { name: string }[],
): ChangedAgent => {
  const known = tools.map(({ name }) => name)
  const problem = unknownTools(changes.tools, known)
  if (problem !== null) throw new AppError('INVALID_INPUT', { field: 'tools', known, ...problem })
  return agentInWords(changes)
}
