import { roleOf } from '@maestro/contracts/ids'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { PartChange } from '@maestro/task-model/plan/plan-diff'
import type { BornTask } from '@maestro/task-model/task'

/** What happens to one step of the plan, in a few words each. */
export const editNotes = (change: PartChange<PlanStep>, task: BornTask): readonly string[] => {
  const { kind, part } = change
  if (kind === 'removed') return ['leaves the plan']
  const waits = waitWords(part, task)
  if (kind === 'added') return ['is new', `by ${roleOf(part.agentId)}`, waits]
  const words: Readonly<Record<string, string>> = {
    needs: waits,
    agentId: `by ${roleOf(part.agentId)} from now on`,
    strategy: 'asks another model',
    instruction: 'is told something else',
    gate: part.gate === true ? 'asks a person before it begins' : 'begins without asking',
  }
  return change.fields.flatMap((field) => words[field] ?? [])
}

const waitWords = ({ needs }: PlanStep, { steps }: BornTask): string => {
  const open = needs.filter((need) => steps[need]?.status !== 'done')
  if (open.length === 0) return 'can begin at once'
  const titles = open.map((need) => {
    const known = steps[need]
    return known === undefined ? 'the new step' : `“${known.title}”`
  })
  return `waits for ${titles.join(', ')}`
}
