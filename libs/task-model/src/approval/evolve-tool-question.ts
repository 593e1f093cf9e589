import type { ToolQuestion } from '@maestro/contracts/task/tool-question'
import { withStep } from '../execution/with-step.ts'
import type { Approval, BornTask, Step, ToolUse, ToolVerdict } from '../task.ts'

/** The tool use waits, and so does its step once nothing else of its turn runs. */
export const askedAboutTool = (task: BornTask, approval: Approval): BornTask =>
  changed(task, approval, (step, use) => ({
    status: 'needs-you',
    phase: 'tools',
    turns: withUse(step, use, unanswered(use)),
  }))

/** What the person said, or their silence, stands with the use: what follows is for the rules. */
export const toldAboutTool = (task: BornTask, approval: Approval, verdict: ToolVerdict): BornTask =>
  changed(task, approval, (step, use) => {
    const others = Object.values<Approval>(task.approvals).some(
      (other) =>
        other.stepId === approval.stepId && other.status === 'open' && other.toolUse !== undefined,
    )
    const goesOn = step.attempt === 1 ? ('running' as const) : ('retrying' as const)
    const args = verdict.kind === 'run' ? verdict.arguments : undefined
    return {
      status: others ? 'needs-you' : goesOn,
      turns: withUse(step, use, {
        ...use,
        verdict,
        ...(args !== undefined && { arguments: args }),
      }),
    }
  })

/** Whether the use that was asked about still waits: its attempt may be over. */
export const isPresentUse = (task: BornTask, { stepId, toolUse }: Approval): boolean => {
  const step = stepId === null ? undefined : task.steps[stepId]
  return step !== undefined && toolUse !== undefined && useIn(step, toolUse)?.status === 'asked'
}

const useIn = ({ attempt, phase, turns }: Step, asked: ToolQuestion): ToolUse | undefined => {
  const last = turns.at(-1)
  if (phase === null || attempt !== asked.attempt || last?.turn !== asked.turn) return undefined
  return last.toolUses.find(({ toolCallId }) => toolCallId === asked.toolCallId)
}

const changed = (
  task: BornTask,
  { stepId, toolUse }: Pick<Approval, 'stepId' | 'toolUse'>,
  change: (step: Step, use: ToolUse) => Partial<Step>,
): BornTask => {
  if (stepId === null || toolUse === undefined) return task
  return withStep(task, stepId, (step) => {
    const use = useIn(step, toolUse)
    return use === undefined ? {} : change(step, use)
  })
}

/** What was said the last time does not hold for this one. */
const unanswered = ({ verdict: _earlier, ...use }: ToolUse): ToolUse => ({
  ...use,
  status: 'asked',
})

const withUse = ({ turns }: Step, use: ToolUse, next: ToolUse): Step['turns'] => {
  const last = turns.at(-1)
  if (!last) return turns
  const toolUses = last.toolUses.map((other) => (other === use ? next : other))
  return [...turns.slice(0, -1), { ...last, toolUses }]
}
