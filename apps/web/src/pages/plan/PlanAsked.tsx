import type { BornTask } from '@maestro/task-model/task'
import { GitCompareArrows } from 'lucide-react'
import { useRef, useState } from 'react'
import { useKeys } from '../../shell/use-keys.ts'
import { Button } from '../../ui/Button.tsx'
import { PlanComparison } from './PlanComparison.tsx'
import { versionBefore } from './version-before.ts'

type Props = { task: BornTask; version: number }

/** What the plan that somebody decides about changed in the version before it, where it is decided. Nothing for a first version. */
export const PlanAsked = ({ task: { versions }, version }: Props) => {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLDivElement>(null)
  // Once the changes are there, the same key leads from one to the next.
  useKeys(
    { 'next-change': () => setIsOpen(true) },
    () => !isOpen && button.current?.closest('article')?.contains(document.activeElement) === true,
  )
  const plan = versions.find((one) => one.version === version)
  const before = plan && versionBefore(versions, plan)
  if (plan === undefined || before === undefined) return null
  return (
    <div ref={button} className="contents">
      <Button icon={GitCompareArrows} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'Hide what it changed' : `What it changed in version ${before.version}`}
      </Button>
      {isOpen && (
        <div className="@container w-full basis-full rounded-6 border border-line">
          <PlanComparison plan={plan} before={before} isWithinCard />
        </div>
      )}
    </div>
  )
}
