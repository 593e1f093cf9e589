import type { StepId } from '@maestro/contracts/ids'
import type { PlanVersion } from '@maestro/task-model/task'
import { useMemo, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { ChangeList } from './ChangeList.tsx'
import { changesByStep } from './changes-by-step.ts'
import { PlanTotals } from './PlanTotals.tsx'

// The picture brings React Flow; the words do not wait for it.
const PlanOverlay = lazyPart(() => import('./PlanOverlay.tsx').then((module) => module.PlanOverlay))

type Props = {
  plan: PlanVersion
  before: PlanVersion | undefined
  /** Beside other things that have to be seen. */
  isWithinCard?: boolean
}

/** What a version changes in another one: in numbers, as a picture, and in words. Picture and words follow each other. */
export const PlanComparison = ({ plan, before, isWithinCard = false }: Props) => {
  const list = useRef<HTMLOListElement>(null)
  const [reached, setReached] = useState<string | null>(null)
  const changes = useMemo(
    () => (before === undefined ? [] : changesByStep(before, plan)),
    [before, plan],
  )
  const select = (stepId: string | null) => {
    setReached(stepId)
    const entry = stepId && list.current?.querySelector(`[data-change-of="${CSS.escape(stepId)}"]`)
    if (entry instanceof HTMLElement) entry.scrollIntoView({ block: 'nearest' })
  }
  const reach = (stepId: StepId | null) => setReached(stepId)
  return (
    <>
      <PlanTotals plan={plan} before={before} />
      <div className="grid @5xl:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
        {before !== undefined && changes.length > 0 && (
          <section
            aria-label="Changes as a picture"
            className={classes(
              'plan-overlay h-72 border-line @max-5xl:border-b @5xl:sticky @5xl:top-0 @5xl:border-r',
              !isWithinCard && '@5xl:h-[min(60vh,520px)]',
            )}
          >
            <PlanOverlay
              plan={plan}
              before={before}
              changes={changes}
              selected={reached}
              onSelect={select}
            />
          </section>
        )}
        <ChangeList
          changes={changes}
          against={before?.version ?? null}
          list={list}
          onReach={reach}
        />
      </div>
    </>
  )
}
