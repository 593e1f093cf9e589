import type { Approval, BornTask, Step, Task } from '@maestro/task-model/task'
import { formatPlural } from '../../ui/format-count.ts'
import { taskStatusLook } from '../../ui/status-look.ts'

type Said = { polite: string; assertive: string }

const nothing: Said = { polite: '', assertive: '' }

const count = (task: BornTask, status: Step['status']) =>
  Object.values<Step>(task.steps).filter((step) => step.status === status).length

/** What has happened between two looks at a task, in one sentence for those who hear the page. */
export const newsBetween = (before: Task, after: Task): Said => {
  if (after.status === 'unborn' || before.status === 'unborn' || before.seq === after.seq)
    return nothing
  const finished = count(after, 'done') - count(before, 'done')
  const failed = count(after, 'failed') - count(before, 'failed')
  const skipped = count(after, 'skipped') - count(before, 'skipped')
  const cutOff = count(after, 'cut-off') - count(before, 'cut-off')
  const steps = [
    { number: finished, what: 'finished' },
    { number: failed, what: 'failed' },
    { number: skipped, what: 'skipped' },
    { number: cutOff, what: 'cut off for money' },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, what }, index) =>
      index > 0 ? `${number} ${what}` : `${formatPlural(number, 'step')} ${what}`,
    )
  const sentences = [
    ...(steps.length > 0 ? [steps.join(', ')] : []),
    ...(after.status === before.status
      ? []
      : [`The task is now: ${taskStatusLook[after.status].label.toLowerCase()}`]),
  ]
  const asks = Object.values<Approval>(after.approvals)
    .filter(({ status, approvalId }) => status === 'open' && !before.approvals[approvalId])
    .map(({ ask }) => ask)
  return {
    polite: sentences.map((sentence) => `${sentence}.`).join(' '),
    assertive: asks.length > 0 ? `Needs you: ${asks.join(' ')}` : '',
  }
}
