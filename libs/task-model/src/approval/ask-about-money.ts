import type { BudgetQuestion } from '@maestro/contracts/task/budget-question'
import { droppableMax } from '@maestro/contracts/task/budget-question'
import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Step } from '../task.ts'
import { canSkip } from '../task-can.ts'
import { expiryOf } from './approval-expiry.ts'
import { requestApproval } from './request-approval.ts'

const messageMax = 1_000
/** By then a window that ends has let the task go on by itself. */
const graceMs = 24 * 3_600_000

/** Of each pause for money a person is asked once how it goes on. */
export const askAboutMoney = (recorder: Recorder): void => {
  const { pause, stage } = recorder.task()
  if (stage === 'ended' || pause?.reason !== 'budget' || pause.approvalId !== undefined) return
  const { refusal, note } = pause
  requestApproval(
    {
      place: 'money',
      kind: 'budget',
      stepId: null,
      ask: 'Money has run out. How does it go on?',
      expiresAt: expiryAfter(refusal, recorder.at),
      budget: questionOf(recorder.task(), refusal, note.slice(0, messageMax)),
      silence: 'cancel',
      mayDecide: 'owner',
    },
    recorder,
  )
}

/** What was asked of a pause that is over, or of an earlier one, is nobody's question any more. */
export const withdrawMoney = ({ task, record }: Recorder): void => {
  const { approvals, pause, stage } = task()
  if (stage === 'ended') return
  for (const { approvalId, kind, status } of Object.values(approvals)) {
    if (kind !== 'budget' || status !== 'open' || approvalId === pause?.approvalId) continue
    record({ type: 'ApprovalWithdrawn', data: { approvalId, reason: 'the task goes on' } })
  }
}

const expiryAfter = (refusal: BudgetRefusal | null, at: string): string => {
  const until = refusal?.until ?? null
  if (until === null) return expiryOf(at)
  const afterWindow = new Date(Date.parse(until) + graceMs).toISOString()
  return afterWindow > expiryOf(at) ? afterWindow : expiryOf(at)
}

const questionOf = (
  task: BornTask,
  refusal: BudgetRefusal | null,
  message: string,
): BudgetQuestion => {
  const raiseByMin = raiseByMinOf(refusal)
  const droppable = droppableSteps(task).map(named).slice(0, droppableMax)
  const deliverable = deliverableOf(task)
  return {
    refusal,
    message,
    spentNanoUsd: task.totals.costNanoUsd,
    raiseByMin,
    droppable,
    deliverable: deliverable === null ? null : named(deliverable),
    choices: [
      ...(raiseByMin === null ? [] : (['raise'] as const)),
      'cheaper-model',
      ...(droppable.length === 0 ? [] : (['drop-steps'] as const)),
      ...(deliverable === null ? [] : (['finish'] as const)),
      'stop',
    ],
  }
}

const named = ({ stepId, title }: Step) => ({ stepId, title })

const raiseByMinOf = (refusal: BudgetRefusal | null): number | null => {
  if (!refusal?.budget) return null
  const { limit, settled, reserved, needed } = refusal.budget
  return Math.max(1, settled + reserved + needed - limit)
}

/** What can be left out to save money: what has not begun, and what was just refused; never the result. */
export const droppableSteps = (task: BornTask): readonly Step[] =>
  task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    if (!step || step.partOf !== undefined || stepId === task.resultStepId) return []
    return canSkip(task, step) || wasRefused(step) ? [step] : []
  })

const wasRefused = ({ phase, calls }: Step): boolean =>
  phase === 'call-failed' && calls.at(-1)?.failure?.class === 'budget'

/** The step whose output would be the result if the task ended now: the one that is meant to be, else the last that delivered. */
export const deliverableOf = ({ order, steps, resultStepId }: BornTask): Step | null => {
  const delivered = order.flatMap((stepId) => {
    const step = steps[stepId]
    return step && step.partOf === undefined && step.output !== null ? [step] : []
  })
  return delivered.find(({ stepId }) => stepId === resultStepId) ?? delivered.at(-1) ?? null
}
