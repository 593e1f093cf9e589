import type { AgentDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import { namesTwice } from './names-twice.ts'

/** Why a step cannot refine its output as it says. */
export const modeProblems = (
  { mode, promise, agent }: StepDraft,
  agents: ReadonlyMap<string, AgentDraft>,
): string[] => {
  if (mode === undefined || mode.kind === 'single') return []
  return [
    ...(promise.from === 'tool'
      ? ['its output is what a tool answers, which nobody writes anew']
      : []),
    ...(mode.kind === 'collaborative' ? mode.agents : []).flatMap((name) =>
      name === agent
        ? [`"${name}" is the agent of the step already`]
        : agents.has(name)
          ? []
          : [`there is no agent "${name}"`],
    ),
    ...(mode.kind === 'collaborative' ? namesTwice(mode.agents) : []).map(
      (name) => `"${name}" is there twice`,
    ),
  ]
}
