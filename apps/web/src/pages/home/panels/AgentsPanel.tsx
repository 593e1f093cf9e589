import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { historyAnalyticsQuery } from '../../../api/analytics.ts'
import { type HomePeriod, paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDate } from '../../../ui/format-time.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { cellLook, WideTable } from '../../../ui/WideTable.tsx'
import { agentHealth, agentHealthLook } from '../../agent-health.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { timePerCall } from '../../time-per-call.ts'
import { periodBounds } from '../home-period.ts'
import { PanelNote } from '../PanelNote.tsx'
import { AgentTasks } from './AgentTasks.tsx'

const route = getRouteApi('/')

/** The dearest; the rest on request. */
const rowsMax = 6

// What is asked first stands first: a narrow panel scrolls to the rest.
const heads = [
  'Agent',
  'Health',
  'Calls',
  'Failed',
  'Cost',
  'Time a call',
  'Retries',
  'Fallbacks',
  'Tokens in',
  'Tokens out',
]

/** How the calls of each agent went, by its name: the same one in task after task. */
export const AgentsPanel = ({ period }: { period: HomePeriod }) => {
  const query = useQuery(historyAnalyticsQuery(useApp().http, periodBounds[period].days))
  const [isWhole, setIsWhole] = useState(false)
  const chosen = route.useSearch().agent
  const { data } = query
  if (data === undefined)
    return query.isError ? (
      <QueryFailure what="The agents" error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={4} label="Loading how agents do" />
    )
  const shown = isWhole ? data.agents : data.agents.slice(0, rowsMax)
  return (
    <>
      {query.isError && (
        <QueryFailure
          what="The agents"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      <PanelNote>
        Since {formatDate(Date.parse(data.from))}, the dearest first. Failing: one call in five
        fails. Strained: one in twenty fails, or one in five is asked again.
      </PanelNote>
      {data.agents.length === 0 && (
        <p className="px-4 text-14 text-text-2">No agent was asked in this time.</p>
      )}
      {shown.length > 0 && (
        <div className="px-4">
          <WideTable label="Agents" heads={heads} isNumber={(index) => index > 1}>
            {shown.map(({ agent, ...figures }) => {
              const { health, reason } = agentHealth(figures)
              const { calls, failed, retries, fallbacks, inputTokens, outputTokens } = figures
              const cells = [
                formatCount(calls),
                formatCount(failed),
                formatMoney(nanoUsdFromText(figures.costUsd)),
                timePerCall(figures),
                ...[retries, fallbacks, inputTokens, outputTokens].map(formatCount),
              ]
              return (
                <tr key={agent ?? ''}>
                  <th
                    scope="row"
                    title={agent ?? undefined}
                    className={`${cellLook(false)} max-w-28 truncate font-medium @2xl:max-w-60`}
                  >
                    {agent === null ? (
                      'Of no agent'
                    ) : (
                      <Link
                        to={paths.home()}
                        search={(before) => ({
                          ...before,
                          agent: agent === chosen ? undefined : agent,
                        })}
                        resetScroll={false}
                        aria-current={agent === chosen || undefined}
                        className="rounded-4 hover:underline aria-[current]:text-accent pointer-coarse:py-3.5"
                      >
                        {agent}
                      </Link>
                    )}
                  </th>
                  <td className={cellLook(false)}>
                    <StatusMark look={agentHealthLook[health]} />
                    <span className="block text-12 text-text-3">{reason}</span>
                  </td>
                  {cells.map((cell, index) => (
                    <td key={heads[index + 2]} className={cellLook(true)}>
                      {cell}
                    </td>
                  ))}
                </tr>
              )
            })}
          </WideTable>
        </div>
      )}
      {chosen !== undefined && <AgentTasks agent={chosen} />}
      {data.agents.length > rowsMax && (
        <Button
          look="quiet"
          size="small"
          className="mx-2 mt-2 self-start"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Only the dearest' : `All ${formatCount(data.agents.length)} agents`}
        </Button>
      )}
    </>
  )
}
