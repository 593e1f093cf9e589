import type { AgentId } from '@maestro/contracts/ids'
import type { Step } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { useView } from '../../task-context.ts'
import { ConsequenceTable } from './ConsequenceTable.tsx'
import { consequenceRows } from './consequence-rows.ts'
import { EffectsMade } from './EffectsMade.tsx'
import { useExpectedCosts } from './use-expected-costs.ts'
import type { BornTask } from '@maestro/task-model/task'

/** Which attempts of an agent begin anew when it is changed at once. */
export const AttemptsStopped = ({ agentId }: { agentId: AgentId }) => {
  const task = useView(({ headTask }) => headTask)
  return task.status === 'unborn' ? null : <Stopped task={task} agentId={agentId} />
}

const Stopped = ({ task, agentId }: { task: BornTask; agentId: AgentId }) => {
  const expectedOf = useExpectedCosts(task)
  const running = useMemo(
    () =>
      task.order.flatMap((stepId): readonly Step[] => {
        const step = task.steps[stepId]
        return step?.agentId === agentId && step.phase !== null ? [step] : []
      }),
    [task, agentId],
  )
  if (running.length === 0)
    return <p className="text-13 text-text-2">No attempt of it runs at this moment.</p>
  return (
    <div className="flex w-full flex-col gap-2">
      <ConsequenceTable {...consequenceRows(running, task, expectedOf)} />
      <EffectsMade
        key={running.map(({ stepId }) => stepId).join(' ')}
        stepIds={running.map(({ stepId }) => stepId)}
      />
    </div>
  )
}
