import { nameOfStep, PlanName, roleOf } from '@maestro/contracts/ids'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import { whySettled } from '@maestro/task-model/surgery/why-settled'
import type { BornTask, Step } from '@maestro/task-model/task'

/** What a person wants of one step of the plan. */
export type StepWish =
  | { kind: 'remove' }
  | { kind: 'model'; provider: ProviderName; model: string }
  | { kind: 'agent'; agent: string }
  | { kind: 'gate' }
  | { kind: 'instruct'; instruction: string }
  /** Steps by name. */
  | { kind: 'rewire'; needs: readonly string[] }
  | { kind: 'insert'; title: string; instruction: string; agent: string }

/** The edits that make it so. */
export const editsFor = (wish: StepWish, step: Step, task: BornTask): readonly PlanEditDraft[] => {
  const name = nameOfStep(step.stepId)
  switch (wish.kind) {
    case 'remove':
      return [{ kind: 'remove-step', step: name, reconnect: true }]
    case 'model': {
      const model = wish.model.trim()
      const models = model === '' ? {} : { models: { [wish.provider]: model } }
      return [
        { kind: 'change-model', step: name, strategy: { providers: [wish.provider], ...models } },
      ]
    }
    case 'agent':
      return [{ kind: 'reassign', step: name, agent: wish.agent }]
    case 'gate':
      return [{ kind: 'set-gate', step: name, gate: step.gate !== true }]
    case 'instruct':
      return [{ kind: 'instruct', step: name, instruction: wish.instruction.trim() }]
    case 'rewire':
      return [{ kind: 'rewire', step: name, needs: [...wish.needs] }]
    case 'insert':
      return insertedAfter(wish, step, task)
    default:
      return wish satisfies never
  }
}

/** What had needed the step and can still be changed needs the new one in its place; so does the result. */
const insertedAfter = (
  { title, instruction, agent }: Extract<StepWish, { kind: 'insert' }>,
  { stepId }: Step,
  task: BornTask,
): readonly PlanEditDraft[] => {
  const after = nameOfStep(stepId)
  const added = freeName(title, task)
  const dependents = Object.values<Step>(task.steps).filter(
    (other) => other.needs.includes(stepId) && whySettled(other) === null,
  )
  return [
    {
      kind: 'insert-step',
      step: {
        name: added,
        title: title.trim(),
        agent,
        instruction: instruction.trim(),
        needs: [after],
        inputs: [],
        promise: { description: title.trim(), format: 'markdown', from: 'answer' },
        retriesMax: 1,
      },
    },
    ...dependents.map((other): PlanEditDraft => ({
      kind: 'rewire',
      step: nameOfStep(other.stepId),
      needs: other.needs.map((need) => (need === stepId ? added : nameOfStep(need))),
    })),
    ...(task.resultStepId === stepId ? [{ kind: 'set-result', step: added } as const] : []),
  ]
}

/** A name that the plan has not, made of the title. */
const freeName = (title: string, { steps }: BornTask): string => {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 30)
  const base = PlanName.safeParse(plain).success ? plain : 'step'
  const taken = new Set(Object.values<Step>(steps).map(({ stepId }) => nameOfStep(stepId)))
  let name = base
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`
  return name
}

/** What a step of the plan may need: the plan's other steps, by name. Which of them would make a circle, the rules say. */
export const neededBy = (
  { stepId }: Step,
  { order, steps }: BornTask,
): readonly { name: string; title: string }[] =>
  order.flatMap((id) => {
    const other = steps[id]
    if (other === undefined || id === stepId || other.partOf !== undefined) return []
    return [{ name: nameOfStep(id), title: other.title }]
  })

export const agentNames = ({ agents }: BornTask): readonly string[] =>
  Object.values(agents).map(({ agentId }) => roleOf(agentId))
