import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { evolveWithin } from '@maestro/task-model/evolve'
import type { OwnSteps } from '@maestro/task-model/execution/own-steps'
import { type Task, unbornTask } from '@maestro/task-model/task'
import { type Decision, decisionOfEvent } from './decision-of-event.ts'

/** More than anybody reads; the CSV has all of them. */
export const decisionsMax = 500

export type ModelUse = {
  provider: string
  model: string
  calls: number
  failed: number
  inputTokens: number
  outputTokens: number
  costNanoUsd: number
}

/** What a report looks at, gathered event by event. */
export type ReportLog = {
  task: Task
  /** What the fold has made of it, see `evolveWithin`. */
  own: OwnSteps
  decisions: Decision[]
  decisionsLeftOut: number
  /** By kind. */
  events: Map<string, number>
  models: Map<string, ModelUse>
}

export const emptyReportLog = (): ReportLog => ({
  task: unbornTask,
  own: new WeakSet(),
  decisions: [],
  decisionsLeftOut: 0,
  events: new Map(),
  models: new Map(),
})

const addCall = (models: Map<string, ModelUse>, facts: CallFacts, isFailed: boolean) => {
  const provider = facts.provider ?? 'none'
  const model = facts.model ?? 'no answer'
  const key = `${provider}\n${model}`
  const use = models.get(key) ?? {
    provider,
    model,
    calls: 0,
    failed: 0,
    inputTokens: 0,
    outputTokens: 0,
    costNanoUsd: 0,
  }
  use.calls += 1
  use.failed += isFailed ? 1 : 0
  use.inputTokens += facts.usage.inputTokens
  use.outputTokens += facts.usage.outputTokens
  use.costNanoUsd += facts.costNanoUsd
  models.set(key, use)
}

/** Notes the next event. One of a kind that this version does not know is counted and moves the position. */
export const noteEvent = (log: ReportLog, cloudEvent: CloudEvent): void => {
  const type = cloudEvent.type.slice('maestro.'.length)
  log.events.set(type, (log.events.get(type) ?? 0) + 1)
  const event = fromCloudEvent(cloudEvent)
  if (event === null) {
    if (log.task.status !== 'unborn') log.task = { ...log.task, seq: cloudEvent.seq }
    return
  }
  log.task = evolveWithin(log.own, log.task, event)
  if (event.type === 'CallFinished' || event.type === 'CallFailed') {
    addCall(log.models, event.data.facts, event.type === 'CallFailed')
  }
  const decision = log.task.status === 'unborn' ? null : decisionOfEvent(event, log.task)
  if (decision === null) return
  if (log.decisions.length < decisionsMax) log.decisions.push(decision)
  else log.decisionsLeftOut += 1
}
