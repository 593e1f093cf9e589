import { type AgentId, roleOf } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { PlanVersion } from '@maestro/task-model/task'

export type SuggestionOrigin = {
  readonly author: string
  /** Since when, in words. */
  readonly since: string
  /** Empty: nobody gave one. */
  readonly reason: string
}

const has = (suggestions: readonly PayloadRef[], { sha256 }: PayloadRef) =>
  suggestions.some((other) => other.sha256 === sha256)

const authors = { planner: 'the Planner', person: 'a person' } as const

/** Who put a suggestion into an agent, and why: by the first change or the first version of the plan that has it. */
export const suggestionOrigin = (
  suggestion: PayloadRef,
  {
    agentId,
    versions,
    events,
  }: { agentId: AgentId; versions: readonly PlanVersion[]; events: readonly TaskEvent[] },
): SuggestionOrigin | null => {
  const isIn = ({ agents }: PlanVersion) =>
    agents.some((agent) => agent.agentId === agentId && has(agent.suggestions, suggestion))
  const first = versions.findIndex(isIn)
  const version = versions[first]
  if (version !== undefined) {
    const before = versions[first - 1]
    return {
      author: authors[version.author],
      since: `since version ${version.version} of the plan`,
      reason: before === undefined ? '' : findingsAbout(before, agentId),
    }
  }
  const change = events.find(
    (event): event is TaskEvent & { type: 'AgentModified' } =>
      event.type === 'AgentModified' &&
      event.data.agent.agentId === agentId &&
      has(event.data.agent.suggestions, suggestion),
  )
  if (change === undefined) return null
  const { version: changed, reason } = change.data
  // A task may let its judge change agents by itself.
  const author = change.actor.kind === 'service' ? 'the judge' : change.actor.id
  return { author, since: `since version ${changed} of the agent`, reason }
}

/** What observers found wrong with the agent before the Planner mended it. */
const findingsAbout = ({ verdicts }: PlanVersion, agentId: AgentId): string =>
  Object.values(verdicts)
    .flatMap((verdict) => verdict?.findings ?? [])
    .filter(({ target }) => target === `agent:${roleOf(agentId)}`)
    .map(({ text }) => text)
    .join(' ')
