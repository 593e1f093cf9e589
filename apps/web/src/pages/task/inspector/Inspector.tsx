import type { StepId } from '@maestro/contracts/ids'
import { canSkip } from '@maestro/task-model/task-can'
import type { ReactNode } from 'react'
import { type InspectorTab, inspectorTabs } from '../../../paths.ts'
import { Segments } from '../../../ui/Segments.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { useShown, useView } from '../task-context.ts'
import { useWholeStep } from '../use-whole-step.ts'
import { AgentTab } from './AgentTab.tsx'
import { Conduct } from './Conduct.tsx'
import { CallsTab } from './CallsTab.tsx'
import { LeaveOut } from './LeaveOut.tsx'
import { StepOutputTab } from './StepOutputTab.tsx'

type Props = {
  stepId: StepId
  tab: InspectorTab
  onTab: (tab: InspectorTab) => void
  /** What stands right of the title: buttons of the place that it is shown in. */
  controls?: ReactNode
}

const labels: Record<InspectorTab, string> = { agent: 'Agent', calls: 'Calls', output: 'Output' }

const SteerStep = lazyPart(() => import('./SteerStep.tsx').then((module) => module.SteerStep))

const TaskMemories = lazyPart(() =>
  import('./TaskMemories.tsx').then((module) => module.TaskMemories),
)

/** Everything about one step: who does it, what was asked of whom, what came out. */
export const Inspector = ({ stepId, tab, onTab, controls }: Props) => {
  const { step, reading } = useWholeStep(stepId, tab === 'calls')
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
  const canLeaveOut = useShown((task) => step !== null && canSkip(task, step), false)
  const shown = step ?? planned
  return (
    <section aria-label="Inspector" className="flex h-full min-h-0 flex-col bg-bg">
      <header className="flex flex-col gap-2 border-b border-line px-4 pt-3 pb-2">
        <div className="flex items-start gap-2">
          <h2 className="min-w-0 grow text-16 leading-6 font-semibold">
            {shown?.title ?? 'This step is not there yet'}
          </h2>
          {controls}
        </div>
        <p className="flex flex-wrap items-center gap-x-3 text-13 text-text-2">
          {step && <StatusMark look={stepStatusLook[step.status]} still={!isLive} />}
          {number > 0 && <span className="tnum">step {number}</span>}
          <span className="font-mono text-12 text-text-3">{stepId}</span>
        </p>
        {step?.skipReason !== undefined && (
          <p className="text-13 break-words text-text-2">{step.skipReason}</p>
        )}
        {isLive && step !== null && <SteerStep key={`steer ${stepId}`} step={step} />}
        {isLive && canLeaveOut && <LeaveOut key={`leave out ${stepId}`} stepId={stepId} />}
        <Segments
          label="Inspector"
          size="small"
          value={tab}
          options={inspectorTabs.map((value) => ({ value, label: labels[value] }))}
          onValue={onTab}
        />
      </header>
      <div className="min-h-0 grow overflow-y-auto p-4">
        {shown === null && (
          <p className="text-14 text-text-2">
            At this moment of the history no plan has this step.
          </p>
        )}
        {shown !== null && tab === 'agent' && <AgentTab planned={shown} />}
        {step && reading === null && tab === 'calls' && <Conduct step={step} />}
        {step && reading === null && tab === 'calls' && <TaskMemories stepId={stepId} />}
        {shown !== null && tab === 'calls' && <CallsTab step={step} reading={reading} />}
        {shown !== null && tab === 'output' && <StepOutputTab step={step} />}
      </div>
    </section>
  )
}
