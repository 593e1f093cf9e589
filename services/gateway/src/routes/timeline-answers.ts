import type { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { searchLogs } from '@maestro/contracts/timeline/log-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { HistoryReader } from '../history/history-reader.ts'
import type { Answers } from './answers.ts'

export const timelineAnswers = ({
  call,
  history,
}: {
  call: Call
  history: HistoryReader
}): Answers<typeof timelineRoutes> => ({
  searchHistory: ({ query, context }) => call(searchHistory, query, context),
  searchLogs: ({ query, context }) => call(searchLogs, query, context),
  getTaskTicks: ({ params, context }) => history.ticks(params.taskId, context),
})
