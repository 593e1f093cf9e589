import { getRouteApi } from '@tanstack/react-router'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { WithTaskSession } from '../task/WithTaskSession.tsx'
import { PlanScreen } from './PlanScreen.tsx'

const route = getRouteApi('/tasks/$taskId/plan/$version')

/** What does this version of a plan change? */
export const PlanPage = () => {
  const { taskId, version } = route.useParams()
  const { against } = route.useSearch()
  if (!/^\d{1,9}$/.test(version)) return <NotFoundPage />
  return (
    <WithTaskSession taskId={taskId}>
      {(session) => <PlanScreen key={session.taskId} version={Number(version)} against={against} />}
    </WithTaskSession>
  )
}
