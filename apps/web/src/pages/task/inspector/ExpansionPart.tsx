import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { expansionWords } from '../../../graph/expansion-words.ts'
import { PayloadText } from '../PayloadText.tsx'
import { useShown, useStep } from '../task-context.ts'

/** How a step becomes several, how far it is with it, and what one of these works on. */
export const ExpansionPart = ({ planned }: { planned: PlanStep }) => {
  const step = useStep(planned.stepId)
  const words = useShown((task) => (step === null ? null : expansionWords(step, task)), null)
  const { forEach, repeat } = planned
  const item = step?.partOf?.item
  return (
    <>
      {forEach !== undefined && (
        <section aria-label="For each of">
          <h3 className="mb-1.5 text-13 font-semibold">For each of</h3>
          <p className="font-mono text-13 break-words text-text-2">{forEach.list}</p>
          <p className="mt-1 text-13 text-text-3">
            {forEach.parallelMax} at once, at most {forEach.itemsMax} items
          </p>
        </section>
      )}
      {repeat !== undefined && (
        <section aria-label="Again while">
          <h3 className="mb-1.5 text-13 font-semibold">Again while</h3>
          <p className="font-mono text-13 break-words text-text-2">{repeat.while}</p>
          <p className="mt-1 text-13 text-text-3">at most {repeat.timesMax} rounds</p>
        </section>
      )}
      {planned.subPlan !== undefined && (
        <section aria-label="Plan of its own">
          <h3 className="mb-1.5 text-13 font-semibold">Plan of its own</h3>
          <ol className="list-decimal pl-5 text-13 text-text-2">
            {planned.subPlan.steps.map(({ stepId, title, subPlan }) => (
              <li key={stepId}>
                {title}
                {subPlan !== undefined && `, a plan of ${subPlan.steps.length}`}
                {stepId === planned.subPlan?.resultStepId && ' (delivers)'}
              </li>
            ))}
          </ol>
        </section>
      )}
      {words !== null && <p className="text-13 text-text-2">{words}</p>}
      {item !== undefined && (
        <section aria-label="Item">
          <h3 className="mb-1.5 text-13 font-semibold">Item</h3>
          <PayloadText key={item.sha256} payload={item} as="plain" label="the item" />
        </section>
      )}
    </>
  )
}
