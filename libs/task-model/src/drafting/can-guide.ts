import type { Task } from '../task.ts'

/** A person can speak into the drafting until a version holds, unless something is asked first. */
export const canGuide = (task: Task): boolean =>
  task.status !== 'unborn' &&
  task.stage === 'drafting' &&
  task.status !== 'awaiting-approval' &&
  task.drafting.converged === null &&
  // A question stays open through a pause.
  Object.values(task.drafting.jobs).every(({ phase }) => phase !== 'asked')
