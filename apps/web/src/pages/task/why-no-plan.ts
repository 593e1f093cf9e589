import type { Task } from '@maestro/task-model/task'

/** Why a task has no plan at the shown moment, for those who look for it. */
export const whyNoPlan = (task: Task): { title: string; text: string } => {
  if (task.status !== 'unborn' && task.stage === 'ended')
    return {
      title:
        task.status === 'cancelled'
          ? 'It was cancelled before it had a plan'
          : 'It ended before it had a plan',
      text: task.failure ?? 'No step of it has run.',
    }
  return {
    title: 'No plan yet',
    text: 'The Planner designs a team and a plan first; two observers judge each version. The steps stand here as soon as there is a version.',
  }
}
