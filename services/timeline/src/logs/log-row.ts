import {
  AgentId,
  CallId,
  nameOfStep,
  roleOf,
  StepId,
  TaskId,
  taskIdOfCall,
} from '@maestro/contracts/ids'
import { type LogBatch, logLevelOf, type SentLogLine } from '@maestro/contracts/log/log-batch'
import { LogLevel } from '@maestro/contracts/log/log-level'
import type { LogFacet, LogLine } from '@maestro/contracts/timeline/log-endpoints'
import { facetOf } from '../history/facet.ts'
import { placeOfStep } from '@maestro/task-model/plan/place-of-step'
import { textOfEvent } from '../history/text-of-event.ts'

export type LogRow = {
  instance: string
  seq: number
  atMs: number
  taskId: string | null
  /** The step's place in its plan, which knows whose it is. */
  step: string | null
  /** Of a line that says itself whose it is. */
  agent: string | null
  text: string
  /** One per line. */
  facets: string
  /** The line as JSON. */
  body: string
}

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.replaceAll('\0', ' ') : null

/** A call's id carries that of its task. */
const taskIdOf = ({ taskId, callId }: SentLogLine): TaskId | null => {
  const ofCall = CallId.safeParse(callId).data
  return TaskId.safeParse(taskId).data ?? (ofCall === undefined ? null : taskIdOfCall(ofCall))
}

const agentOf = ({ agentId, agent }: SentLogLine): string | null => {
  const id = AgentId.safeParse(agentId).data
  return id === undefined ? textOrNull(agent) : roleOf(id)
}

/** What a line is about, in the words of a search. */
const aboutOf = (line: SentLogLine) => ({
  task: taskIdOf(line),
  step: StepId.safeParse(line['stepId']).data ?? null,
  agent: agentOf(line),
  call: textOrNull(line['callId']),
  tool: textOrNull(line['tool']),
  provider: textOrNull(line['provider']),
  request: textOrNull(line['requestId']),
  trace: textOrNull(line['traceId']),
})

/** Of a level: itself and those below it, so that asking for warnings finds errors too. */
const reachedBy = (level: LogLevel): readonly LogLevel[] =>
  LogLevel.options.slice(0, LogLevel.options.indexOf(level) + 1)

export const logRowsOf = ({ service, copy, instance, first, lines }: LogBatch): readonly LogRow[] =>
  lines.map((line, index) => {
    const { level, time, service: _service, copy: _copy, traceId: _traceId, ...said } = line
    const about = aboutOf(line)
    const facets = [
      ...reachedBy(logLevelOf(level)).map((name) => facetOf('level', name)),
      facetOf('service', service),
      facetOf('copy', copy),
      ...Object.entries(about).flatMap(([name, value]) =>
        value === null ? [] : [facetOf(name as LogFacet, value)],
      ),
      // A step that became several is found by its own id, and by the name that it has in the plan.
      ...(about.step === null ? [] : [facetOf('step', nameOfStep(about.step))]),
    ]
    return {
      instance,
      seq: first + index,
      atMs: Date.parse(time),
      taskId: about.task,
      step: about.step === null ? null : placeOfStep(about.step),
      agent: about.agent,
      text: textOfEvent(said),
      facets: facets.join('\n'),
      body: JSON.stringify({ ...line, service, copy }),
    }
  })

/** What the answer of a search says of a line. */
export const logLineOf = (
  line: SentLogLine,
  { instance, seq, atMs, agent }: Pick<LogRow, 'instance' | 'seq' | 'atMs' | 'agent'>,
): LogLine => {
  const {
    level,
    time: _time,
    service,
    copy,
    msg,
    taskId: _taskId,
    stepId: _stepId,
    callId,
    traceId,
    ...fields
  } = line
  const { task, step } = aboutOf(line)
  return {
    id: `${instance}:${seq}`,
    at: new Date(atMs).toISOString(),
    level: logLevelOf(level),
    service: String(service),
    copy: String(copy),
    message: msg ?? '',
    taskId: task,
    stepId: step,
    agent,
    callId: textOrNull(callId),
    traceId: textOrNull(traceId),
    fields,
  }
}
