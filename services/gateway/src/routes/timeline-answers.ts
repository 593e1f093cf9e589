import type { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import type { HistoryReader } from '../history/history-reader.ts'
import type { Answers } from './answers.ts'

export const timelineAnswers = ({
  history,
}: {
  history: HistoryReader
}): Answers<typeof timelineRoutes> => ({
  getTaskTicks: ({ params, context }) => history.ticks(params.taskId, context),
})
