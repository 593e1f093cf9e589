import { getRouteApi } from '@tanstack/react-router'
import { TaskScreen } from './TaskScreen.tsx'
import { WithTaskSession } from './WithTaskSession.tsx'

const route = getRouteApi('/tasks/$taskId/{-$view}')

/** Follows one task while its page is open. */
export const TaskPage = () => {
  const { taskId, view } = route.useParams()
  return (
    <WithTaskSession taskId={taskId}>
      {(session) => <TaskScreen key={session.taskId} view={view} />}
    </WithTaskSession>
  )
}
