import { type AgentId, roleOf } from '@maestro/contracts/ids'
import type { Observer } from '@maestro/contracts/task/draft-role'
import type { BornTask, Step, Verdict } from '@maestro/task-model/task'

export type ProposedSuggestion = {
  /** The same for the same finding, so that one that was dismissed stays so. */
  readonly id: string
  readonly author: string
  /** Where it was found, in words. */
  readonly reason: string
  readonly text: string
}

/** The newest ones: older findings are in the messages of their steps. */
const proposedMax = 10
const observers: Record<Observer, string> = {
  'agent-observer': 'AgentObserver',
  'plan-observer': 'PlanObserver',
}

/** What observers found about an agent and nothing has come of yet: it could be told so from now on. */
export const proposedSuggestions = (
  task: BornTask,
  agentId: AgentId,
): readonly ProposedSuggestion[] => {
  const seen = task.order.flatMap((stepId): ProposedSuggestion[] => {
    const step: Step | undefined = task.steps[stepId]
    if (step?.agentId !== agentId) return []
    return (step.observation?.notes ?? []).map(({ attempt, turn, detector, text }) => ({
      id: `${stepId} ${attempt} ${turn} ${detector}`,
      author: detector === 'judge' ? 'Judge' : 'Observer',
      reason: `in “${step.title}”, attempt ${attempt}, turn ${turn}`,
      text,
    }))
  })
  return [...verdictsOn(task, agentId), ...seen].slice(-proposedMax).toReversed()
}

const verdictsOn = (task: BornTask, agentId: AgentId): readonly ProposedSuggestion[] => {
  const held = task.versions.find(({ version }) => version === task.planVersion)
  if (held === undefined) return []
  const verdicts = Object.entries(held.verdicts) as [Observer, Verdict | null][]
  return verdicts.flatMap(([observer, verdict]) =>
    (verdict?.findings ?? [])
      .filter(({ target }) => target === `agent:${roleOf(agentId)}`)
      .map(({ text, severity }, index) => ({
        id: `v${held.version} ${observer} ${index}`,
        author: observers[observer],
        reason: `${severity}, of version ${held.version} of the plan`,
        text,
      })),
  )
}
