import { nameOfStep, type StepId } from '@maestro/contracts/ids'
import type { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import type { Step } from '@maestro/task-model/task'

/** What a person changes of one step before they approve its plan; left out: as it is. */
export type StepChange = {
  agent?: string
  gate?: boolean
  isRemoved?: boolean
  /** Instead of what it was told. */
  instruction?: string
}
export type StepChanges = Readonly<Record<StepId, StepChange>>

type Planned = Pick<Step, 'stepId' | 'title' | 'gate'> & { agent: string }
type Change = { edit: PlanEditDraft; words: string }

/** The edits that make it so, each with what it does for the person who approves it. */
export const changesOf = (steps: readonly Planned[], changes: StepChanges): readonly Change[] =>
  steps.flatMap((step) => changesOfStep(step, changes[step.stepId] ?? {}))

const changesOfStep = (
  { stepId, title, gate: hadGate, agent: before }: Planned,
  { agent = before, gate = hadGate === true, isRemoved = false, instruction = '' }: StepChange,
): readonly Change[] => {
  const step = nameOfStep(stepId)
  if (isRemoved)
    return [
      {
        edit: { kind: 'remove-step', step, reconnect: true },
        words: `− “${title}”; what needs it needs what it needed`,
      },
    ]
  const told = instruction.trim()
  return [
    ...(agent === before
      ? []
      : [
          {
            edit: { kind: 'reassign', step, agent } as const,
            words: `“${title}”: ${before} → ${agent}`,
          },
        ]),
    ...(gate === (hadGate === true)
      ? []
      : [
          {
            edit: { kind: 'set-gate', step, gate } as const,
            words: gate
              ? `“${title}”: a person is asked before it begins`
              : `“${title}”: begins without being asked about`,
          },
        ]),
    ...(told === ''
      ? []
      : [
          {
            edit: { kind: 'instruct', step, instruction: told } as const,
            words: `“${title}” is told: ${told}`,
          },
        ]),
  ]
}
