import type { StepId } from '@maestro/contracts/ids'
import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { BornTask, Step } from '@maestro/task-model/task'
import { expansionWords } from './expansion-words.ts'

const charactersShown = 96

/** The end of a growing text, as it fits on two lines. */
export const tailOf = (text: string): string => {
  const plain = text
    .slice(-4 * charactersShown)
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.length <= charactersShown && text.length <= 4 * charactersShown) return plain
  return `…${plain.slice(-charactersShown).replace(/^\S*\s/, '')}`
}

const plainStart = (text: string) =>
  text
    // The line below the head of a table says nothing.
    .replace(/:?-{3,}:?/g, '')
    .replace(/[#*_`>|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** What a step does or waits for, in plain words. */
export const stepPreview = (step: Step, task: BornTask, streamed: string): string => {
  switch (step.status) {
    case 'not-ready':
      return waitsFor(step, task)
    case 'queued':
      return step.condition === 'asked' ? 'looks at its condition' : queuePosition(step, task)
    case 'needs-you':
      return openAsk(step.stepId, task)
    case 'paused':
      return 'held until the task goes on'
    case 'running':
    case 'retrying':
      return streamed === '' ? busyWith(step, task) : tailOf(streamed)
    case 'done':
    case 'reused':
      return plainStart(step.output?.preview ?? '')
    case 'failed':
      return step.failure ?? ''
    case 'skipped':
      return step.skipReason ?? 'was not needed'
    case 'cut-off':
      return 'cut off, as money had run out'
    case 'cancelled':
      return ''
    default:
      step.status satisfies never
      return ''
  }
}

/** Places are given in the order of the plan. */
const queuePosition = ({ stepId }: Step, { order, steps }: BornTask): string => {
  const waiting = order.filter((id) => {
    const step = steps[id]
    return step?.status === 'queued' && step.condition !== 'asked'
  })
  return `queue position ${waiting.indexOf(stepId) + 1}`
}

/** A need that is missing for good is not waited for. */
const isOver = (step: Step | undefined) => step !== undefined && hasEnded(step)

const waitsFor = (step: Step, task: BornTask): string => {
  const open = step.needs.filter((need) => !isOver(task.steps[need]))
  if (open.length === 0) return task.stage === 'execution' ? 'ready' : 'starts first'
  const numbers = open.map((need) => String(task.order.indexOf(need) + 1))
  const shown =
    numbers.length > 4 ? [...numbers.slice(0, 3), `${numbers.length - 3} more`] : numbers
  const last = shown.pop()
  return `waits for ${shown.length === 0 ? last : `${shown.join(', ')} and ${last}`}`
}

const openAsk = (stepId: StepId, task: BornTask): string =>
  Object.values<BornTask['approvals'][keyof BornTask['approvals']]>(task.approvals).find(
    (approval) => approval.stepId === stepId && approval.status === 'open',
  )?.ask ?? 'waits for your decision'

const busyWith = (step: Step, task: BornTask): string => {
  const several = expansionWords(step, task)
  if (several !== null) return several
  const turn = step.turns.at(-1)
  const tool = turn?.toolUses.find(({ status }) => status === 'running')
  if (tool !== undefined) return `runs ${tool.tool}`
  if (task.status === 'paused' && step.phase !== 'calling') return 'held until the task goes on'
  if (step.status === 'retrying' && step.phase === null) return step.failure ?? 'tries again'
  if (step.phase === 'calling')
    return turn && turn.turn > 1 ? `thinks, turn ${turn.turn}` : 'thinks'
  return 'reads the answer'
}
