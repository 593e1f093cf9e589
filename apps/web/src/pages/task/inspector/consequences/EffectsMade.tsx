import type { StepId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toolsQuery } from '../../../../api/tools.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { formatPlural } from '../../../../ui/format-count.ts'
import { useTaskSession } from '../../task-context.ts'
import { toolRisks } from '../tool-risks.ts'
import { useEventsThat } from '../use-events-that.ts'
import { toolsCalled } from './tools-called.ts'

type Props = { stepIds: readonly StepId[] }

const isOfTool = ({ type }: TaskEvent) => type === 'ToolCalled' || type === 'ToolRefused'

/** What tools have done for these steps already: it stays done, and what begins anew may do it again. */
export const EffectsMade = ({ stepIds }: Props) => {
  const { view } = useTaskSession()
  const about = stepIds.join(' ')
  // Their ticks are all here: where no tool was called, no events of a long task have to be read.
  const [hasCalled] = useState(() => {
    const ids = new Set<string>(stepIds)
    return view
      .getState()
      .ticks.some(({ kind, stepId }) => kind === 'ToolCalled' && stepId !== null && ids.has(stepId))
  })
  return (
    <section aria-label="What tools have done" className="text-13 text-text-2">
      {hasCalled ? (
        <CalledTools key={about} about={about} stepIds={stepIds} />
      ) : (
        'No tool has been called for it so far.'
      )}
    </section>
  )
}

const CalledTools = ({ about, stepIds }: Props & { about: string }) => {
  const known = useQuery(toolsQuery(useApp().http)).data?.items ?? []
  const { events, isWhole } = useEventsThat(
    about,
    (event) =>
      isOfTool(event) &&
      'stepId' in event.data &&
      stepIds.some((stepId) => 'stepId' in event.data && event.data.stepId === stepId),
  )
  if (!isWhole) return <p role="status">Reading what tools have done for it.</p>
  return (
    <>
      <p>Its tools have been called already, and what they did stays done:</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {toolsCalled(events).map(({ tool, times }) => {
          const repeat = known.find(({ name }) => name === tool)?.repeat
          const risk = repeat === undefined ? null : toolRisks[repeat]
          return (
            <li key={tool} className="flex flex-wrap gap-x-2">
              <span className="font-mono text-12 leading-5 break-all text-text">{tool}</span>
              <span className="tnum">{formatPlural(times, 'time')}</span>
              <span className={risk?.tone ?? 'text-waiting'}>
                {risk === null ? 'what it does is not known here any more' : risk.text}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
