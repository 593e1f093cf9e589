import type { ApprovalId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { choicesOf } from '../approval/choices.ts'
import { type Json, wordsOf } from '../approval/digest-of.ts'
import { evolve } from '../evolve.ts'
import { type Approval, type Task, unbornTask } from '../task.ts'

type Entry = { readonly [key: string]: Json }

/** Every question of a task and whatever became of it, in order: what was asked, of whom, until when; who said what, when and why. */
export const approvalEntriesOf = (events: readonly TaskEvent[]): readonly Entry[] => {
  const entries: Entry[] = []
  let task: Task = unbornTask
  for (const event of events) {
    const before = approvalsOf(task)
    task = evolve(task, event)
    const after = approvalsOf(task)
    if (after === before) continue
    for (const approval of Object.values<Approval>(after)) {
      const was = before[approval.approvalId]?.status
      if (was === approval.status) continue
      entries.push(entryOf(event, approval))
    }
  }
  return entries
}

const none: Readonly<Record<ApprovalId, Approval>> = {}
const approvalsOf = (task: Task) => (task.status === 'unborn' ? none : task.approvals)

const entryOf = (event: TaskEvent, approval: Approval): Entry => {
  const { seq, at, actor } = event
  const { approvalId, status, kind, digest } = approval
  const place = { seq, at, actor: `${actor.kind}:${actor.id}`, approvalId, kind }
  const seal = digest === undefined ? {} : { digest }
  if (event.type === 'ApprovalRequested')
    return { ...place, what: 'asked', ...seal, ...asked(approval) }
  if (event.type === 'ApprovalDecided') {
    const { decision, reason, planVersion, strategy, budget } = event.data
    return {
      ...place,
      what: 'decided',
      decision,
      reason,
      status,
      ...seal,
      ...(planVersion !== undefined && { planVersion }),
      // Whom and how much, as it was said.
      ...(strategy !== undefined && { strategy: JSON.stringify(strategy) }),
      ...(budget !== undefined && { answer: JSON.stringify(budget) }),
      ...(event.data.arguments !== undefined && { arguments: event.data.arguments.sha256 }),
      ...(event.data.told !== undefined && { told: event.data.told.sha256 }),
      ...(event.data.agent !== undefined && { agent: wordsOf(event.data.agent) }),
    }
  }
  if (event.type === 'ApprovalExpired') return { ...place, what: 'expired' }
  const reason = event.type === 'ApprovalWithdrawn' ? event.data.reason : event.type
  return { ...place, what: 'withdrawn', reason }
}

const asked = (approval: Approval): Entry => {
  const { ask, planVersion, stepId, expiresAt, silence, mayDecide, toolUse, agentChange } = approval
  return {
    ask,
    planVersion,
    stepId,
    expiresAt,
    silence: silence ?? 'cancel',
    mayDecide: mayDecide ?? 'operator',
    choices: choicesOf(approval),
    ...(toolUse !== undefined && { tool: toolUse.tool, arguments: toolUse.arguments.sha256 }),
    ...(agentChange !== undefined && {
      agent: agentChange.agentId,
      version: agentChange.version,
      before: wordsOf(agentChange.before),
      after: wordsOf(agentChange.after),
      why: agentChange.reason,
      call: agentChange.callId,
    }),
  }
}
