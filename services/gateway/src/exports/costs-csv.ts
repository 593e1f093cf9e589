import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { csvLine } from '../routes/csv-line.ts'
import type { TaskHistory } from './task-history.ts'

const heads = [
  'seq',
  'time',
  'call',
  'purpose',
  'step',
  'outcome',
  'provider',
  'model',
  'attempts',
  'reused',
  'inputTokens',
  'cachedInputTokens',
  'outputTokens',
  'costUsd',
  'latencyMs',
] as const

const readCall = (event: CloudEvent): TaskEvent | null =>
  /^maestro\.Call(Finished|Failed)$/.test(event.type) ? fromCloudEvent(event) : null

/** Empty for what is no end of a call. Attempts that were lost are in the cost of their call. */
const lineOf = (cloudEvent: CloudEvent): string => {
  const event = readCall(cloudEvent)
  if (event?.type !== 'CallFinished' && event?.type !== 'CallFailed') return ''
  const { callId, purpose, stepId, facts } = event.data
  const { usage } = facts
  return csvLine([
    event.seq,
    event.at,
    callId,
    purpose,
    stepId,
    event.type === 'CallFinished' ? 'answered' : 'failed',
    facts.provider,
    facts.model,
    facts.attempts.filter(({ outcome }) => outcome !== 'skipped').length,
    facts.cached === undefined ? 'no' : 'yes',
    usage.inputTokens,
    usage.cachedInputTokens,
    usage.outputTokens,
    nanoUsdToText(facts.costNanoUsd),
    facts.latencyMs,
  ])
}

/** One line for each model call that ended. */
export const costsCsv = async function* ({ pages }: TaskHistory) {
  yield csvLine(heads)
  for await (const events of pages()) yield events.map(lineOf).join('')
}
