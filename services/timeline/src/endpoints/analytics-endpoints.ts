import {
  getDashboardMetrics,
  getHistoryAnalytics,
  getTaskAnalytics,
} from '@maestro/contracts/timeline/analytics-endpoints'
import { implement } from '@maestro/service-kit/serve'
import type { AnalyseTask } from '../analytics/analyse-task.ts'
import type { HistoryFigures } from '../analytics/history-figures.ts'

export const analyticsEndpoints = ({
  analyseTask,
  figures,
}: {
  analyseTask: AnalyseTask
  figures: HistoryFigures
}) => [
  implement(getTaskAnalytics, ({ taskId, at }) => analyseTask(taskId, at)),
  implement(getHistoryAnalytics, (wish) => figures.overDays(wish)),
  implement(getDashboardMetrics, ({ hours }) => figures.header(hours)),
]
