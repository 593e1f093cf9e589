import { useQuery } from '@tanstack/react-query'
import { historyAnalyticsQuery, taskAnalyticsQuery } from '../../../../api/analytics.ts'
import { useApp } from '../../../../shell/app-context.ts'
import { StatusMark } from '../../../../ui/StatusMark.tsx'
import { useSettled } from '../../../../ui/use-settled.ts'
import { agentHealth, agentHealthLook } from '../../../agent-health.ts'
import { QueryFailure } from '../../../QueryFailure.tsx'
import { useTaskSession, useView } from '../../task-context.ts'
import { type Figures, figuresOf, recordRows } from './record-rows.ts'

const days = 30
/** While one scrubs, nothing is asked for. */
const settleMs = 300
/** As long as the task goes on. */
const againMs = 5_000

const cellLook = 'border-t border-line py-1 pl-3 text-right'

/** How an agent did in this task up to the shown moment, and in all tasks of late under its name. */
export const AgentRecordTable = ({ name }: { name: string }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const at = useSettled(
    useView(({ mode, seq }) => (mode === 'live' ? null : seq)),
    settleMs,
  )
  const goesOn = useView(
    ({ mode, headTask }) =>
      mode === 'live' && headTask.status !== 'unborn' && headTask.endedAt === null,
  )
  const here = useQuery({
    ...taskAnalyticsQuery(http, taskId, at),
    refetchInterval: goesOn && againMs,
  })
  const everywhere = useQuery(historyAnalyticsQuery(http, days))
  const columns = [
    {
      head: at === null ? 'In this task' : `In this task, to event ${at}`,
      figures: here.data && figuresOf(here.data.agents, name),
    },
    {
      head: `In all tasks, ${days} days`,
      figures: everywhere.data && figuresOf(everywhere.data.agents, name),
    },
  ]
  return (
    <>
      <table className="tnum w-full text-13">
        <thead>
          <tr className="align-bottom text-12 text-text-3">
            <td />
            {columns.map(({ head }) => (
              <th key={head} scope="col" className="py-1 pl-3 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="align-top">
            <th scope="row" className="border-t border-line py-1 text-left font-normal text-text-2">
              Health
            </th>
            {columns.map(({ head, figures }) => (
              <td key={head} className={cellLook}>
                {figures === undefined ? '–' : <Health figures={figures} />}
              </td>
            ))}
          </tr>
          {recordRows.map(([row, tell]) => (
            <tr key={row}>
              <th
                scope="row"
                className="border-t border-line py-1 text-left font-normal text-text-2"
              >
                {row}
              </th>
              {columns.map(({ head, figures }) => (
                <td key={head} className={cellLook}>
                  {figures === undefined ? '–' : tell(figures)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {here.isError && (
        <QueryFailure
          what="How it did in this task"
          error={here.error}
          shownOf={here.dataUpdatedAt}
          onRetry={() => void here.refetch()}
        />
      )}
      {everywhere.isError && (
        <QueryFailure
          what="How it did in all tasks"
          error={everywhere.error}
          shownOf={everywhere.dataUpdatedAt}
          onRetry={() => void everywhere.refetch()}
        />
      )}
    </>
  )
}

const Health = ({ figures }: { figures: Figures }) => {
  const { health, reason } = agentHealth(figures)
  return (
    <>
      <StatusMark look={agentHealthLook[health]} />
      <span className="block text-12 text-text-3">{reason}</span>
    </>
  )
}
