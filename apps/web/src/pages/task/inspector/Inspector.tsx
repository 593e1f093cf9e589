import type { StepId } from '@maestro/contracts/ids'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type InspectorTab, inspectorTabs } from '../../../paths.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { useShown, useView } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { useWholeStep } from '../use-whole-step.ts'
import { AgentTab } from './AgentTab.tsx'
import { Conduct } from './Conduct.tsx'
import { CallsTab } from './CallsTab.tsx'
import { StepOutputTab } from './StepOutputTab.tsx'

type Props = {
  stepId: StepId
  tab: InspectorTab
  onTab: (tab: InspectorTab) => void
  /** The one that is compared with another. */
  attempt: number | undefined
  onAttempt: (attempt: number) => void
  onSelect: (stepId: string) => void
  onSeek: Seek
  /** What stands right of the title: buttons of the place that it is shown in. */
  controls?: ReactNode
}

const labels: Record<InspectorTab, string> = {
  agent: 'Agent',
  calls: 'Calls',
  messages: 'Messages',
  memory: 'Memory',
  output: 'Output',
  costs: 'Costs',
  attempts: 'Attempts',
}

const SteerStep = lazyPart(() => import('./SteerStep.tsx').then((module) => module.SteerStep))
const loadingTab = <SkeletonRows rows={3} label="Loading the tab" />
// Each tab comes when it is first looked at.
const MessagesTab = lazyPart(
  () => import('./messages/MessagesTab.tsx').then((module) => module.MessagesTab),
  loadingTab,
)
const MemoryTab = lazyPart(
  () => import('./memory/MemoryTab.tsx').then((module) => module.MemoryTab),
  loadingTab,
)
const StepCostsTab = lazyPart(
  () => import('./costs/StepCostsTab.tsx').then((module) => module.StepCostsTab),
  loadingTab,
)
const AttemptsTab = lazyPart(
  () => import('./attempts/AttemptsTab.tsx').then((module) => module.AttemptsTab),
  loadingTab,
)

/** Tabs of what a step has done: one that no plan has begun yet has nothing there. */
const tabsOfWork: readonly InspectorTab[] = ['messages', 'memory', 'costs', 'attempts']

/** They tell of calls and turns, which a long task has only once they are read. */
const tabsOfCalls: readonly InspectorTab[] = ['calls', 'memory', 'costs', 'attempts']

/** Everything about one step: who does it, what was asked of whom, what came out. */
export const Inspector = ({
  stepId,
  tab,
  onTab,
  attempt,
  onAttempt,
  onSelect,
  onSeek,
  controls,
}: Props) => {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const tabs = useRef<HTMLDivElement>(null)
  useEffect(() => {
    tabs.current
      ?.querySelector(':checked')
      ?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tab])
  const { step, reading } = useWholeStep(stepId, tabsOfCalls.includes(tab))
  const number = useShown((task) => task.order.indexOf(stepId) + 1, 0)
  const planned = useShown(
    (task) =>
      task.versions
        .findLast(
          ({ complete, steps }) => complete && steps.some((other) => other.stepId === stepId),
        )
        ?.steps.find((other) => other.stepId === stepId) ?? null,
    null,
  )
  const isLive = useView((view) => view.mode === 'live')
  const shown = step ?? planned
  return (
    <section aria-label="Inspector" className="flex h-full min-h-0 flex-col bg-bg">
      <header className="flex flex-col gap-2 border-b border-line px-4 pt-3 pb-2">
        <div className="flex items-start gap-2">
          <h2 dir="auto" className="min-w-0 grow text-16 leading-6 font-semibold break-words">
            {shown?.title ?? 'This step is not there yet'}
          </h2>
          {controls}
        </div>
        <p className="flex flex-wrap items-center gap-x-3 text-13 text-text-2">
          {step && <StatusMark look={stepStatusLook[step.status]} still={!isLive} />}
          {number > 0 && <span className="tnum">step {number}</span>}
          <span className="flex min-w-0 items-center font-mono text-12 text-text-3">
            <span className="min-w-0 truncate">{stepId}</span>
            <CopyButton text={stepId} name="Copy the id of the step" />
          </span>
        </p>
        {step?.skipReason !== undefined && (
          <p className="text-13 break-words text-text-2">{step.skipReason}</p>
        )}
        {step !== null && <SteerStep key={stepId} stepId={stepId} />}
        <div ref={tabs} className="-mx-4 overflow-x-auto px-4 py-0.5">
          <Segments
            label="Inspector"
            size="tight"
            value={tab}
            options={inspectorTabs.map((value) => ({ value, label: labels[value] }))}
            onValue={onTab}
          />
        </div>
      </header>
      <div ref={setFrame} className="relative min-h-0 grow overflow-y-auto p-4">
        {shown === null && (
          <p className="text-14 text-text-2">
            At this moment of the history no plan has this step.
          </p>
        )}
        {shown !== null && tab === 'agent' && <AgentTab planned={shown} />}
        {step && reading === null && tab === 'calls' && <Conduct step={step} />}
        {shown !== null && tab === 'calls' && <CallsTab step={step} reading={reading} />}
        {shown !== null && tab === 'output' && <StepOutputTab step={step} />}
        {shown !== null && step === null && tabsOfWork.includes(tab) && (
          <p className="text-14 text-text-2">It is only proposed: nothing of it has begun.</p>
        )}
        {step && tab === 'messages' && (
          <MessagesTab stepId={stepId} agentId={step.agentId} frame={frame} onSeek={onSeek} />
        )}
        {step && tab === 'memory' && <MemoryTab step={step} onSelect={onSelect} />}
        {step && tab === 'costs' && <StepCostsTab step={step} frame={frame} />}
        {step && tab === 'attempts' && (
          <AttemptsTab step={step} attempt={attempt} onAttempt={onAttempt} />
        )}
      </div>
    </section>
  )
}
