import { setImmediate } from 'node:timers/promises'
import { AppError } from '@maestro/contracts/errors'
import type { Tape, TapeDivergence } from '@maestro/contracts/task/tape-endpoints'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { canonical } from '@maestro/task-model/approval/digest-of'
import { decide } from '@maestro/task-model/decide'
import type { Effect } from '@maestro/task-model/effects-of'
import { fold } from '@maestro/task-model/fold'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { consequencesOf } from '../command/consequences-of.ts'
import { sha256Of } from '../sha256-of.ts'
import { asJson, firstDifference, sideOf } from './first-difference.ts'
import { heardByReactor } from './heard-by-reactor.ts'
import { saidByPeople } from './said-by-people.ts'
import type { Script, TapeWorld } from './tape-world.ts'

/** So long nobody else is served. */
const commandsAtOnce = 10
/** Events of one command; those after them are looked at with the next. */
const scriptEventsMax = 2_000

/**
 * Runs a task again. Invariants:
 * T1 Only what came from outside is taken from the recording: the words of people, the answers of models and
 *    tools, readings of clocks. Every event is what the rules make of it now.
 * T2 An answer is taken only where the events so far ask for it, and read by the code that reads answers.
 * T3 What is asked of a model is made again by the code that asks, in the state in which it was asked.
 * T4 It ends at the first event that is not as it was.
 */
export const playTape = async (
  recorded: Script,
  world: TapeWorld,
  rules: { decide: typeof decide } = { decide },
): Promise<Tape> => {
  const open = new Map<string, { effect: Effect; task: BornTask }>()
  const states = new Map<number, BornTask>()
  /** How many requests were made in each state and are not compared yet. */
  const unread = new Map<number, number>()
  for (const { seq } of recorded.flatMap((event) => askedIn(event) ?? [])) {
    unread.set(seq, (unread.get(seq) ?? 0) + 1)
  }
  let task: Task = unbornTask
  let commands = 0
  let answers = 0
  let divergence: TapeDivergence | null = null

  const take = (events: readonly TaskEvent[]) => {
    const after = consequencesOf(task, events)
    if (after.closesAllButCalls) {
      for (const [id, { effect }] of open) if (effect.kind !== 'call') open.delete(id)
    }
    for (const id of after.closed) open.delete(id)
    task = after.task
    for (const effect of after.effects) open.set(effect.id, { effect, task: after.task })
    for (const { seq } of events.flatMap((event) => askedIn(event) ?? [])) {
      const left = (unread.get(seq) ?? 0) - 1
      unread.set(seq, left)
      if (left <= 0) states.delete(seq)
    }
    if (unread.has(after.task.seq)) states.set(after.task.seq, after.task)
    commands += 1
    answers += events.filter(({ type }) => answering.has(type)).length
  }

  while (task.seq < recorded.length && divergence === null) {
    if (commands % commandsAtOnce === 0) await setImmediate()
    const script = scriptAt(recorded, task.seq)
    if (script === null) break
    const played = await playOne(script, { task, open, states }, world, rules)
    if ('events' in played) take(played.events)
    else divergence = played
  }

  const end = fold(recorded)
  const compared = recorded.slice(0, task.seq)
  return {
    taskId: recorded[0].taskId,
    seq: recorded.length,
    holds: divergence === null,
    eventsCompared: compared.length,
    commands,
    answers,
    requestsCompared: compared.filter((event) => askedIn(event) !== undefined).length,
    stateSha256: {
      recorded: stateSha256(end),
      regenerated: divergence === null ? stateSha256(task) : null,
    },
    divergence,
  }
}

const answering: ReadonlySet<TaskEvent['type']> = new Set([
  'CallFinished',
  'CallFailed',
  'ToolAnswered',
])

const askedIn = (event: TaskEvent) =>
  event.type === 'CallFinished' || event.type === 'CallFailed' ? event.data.asked : undefined

const stateSha256 = (task: Task): string => sha256Of(canonical(asJson(task)))

const scriptAt = (recorded: readonly TaskEvent[], from: number): Script | null => {
  const first = recorded[from]
  if (first === undefined) return null
  const script: [TaskEvent, ...TaskEvent[]] = [first]
  for (const event of recorded.slice(from + 1, from + scriptEventsMax)) {
    const { kind, id } = event.actor
    if (event.at !== first.at || kind !== first.actor.kind || id !== first.actor.id) break
    script.push(event)
  }
  return script
}

/** The events that come of what the script begins with, or how they are not as they were. */
const playOne = async (
  script: Script,
  state: Parameters<typeof saidByPeople>[1],
  world: TapeWorld,
  rules: { decide: typeof decide },
): Promise<{ events: readonly TaskEvent[] } | TapeDivergence> => {
  const [first] = script
  let candidates: readonly TaskCommand[]
  try {
    candidates = isOfReactor(first)
      ? await heardByReactor(script, state, world)
      : await saidByPeople(script, state, world)
  } catch (error) {
    if (error instanceof AppError && error.retry) throw error
    const reason = `what it was made of is not there or cannot be read: ${messageOf(error)}`
    return diverging(first, 'lost', reason)
  }
  if (candidates.length === 0) {
    return fromOutside.has(first.type)
      ? diverging(first, 'unasked', 'nobody asks for this now')
      : diverging(first, 'missing', 'it does not follow from what was before any more')
  }
  let nearest: TapeDivergence | null = null
  for (const command of candidates) {
    const played = decideAgain(command, script, state.task, rules)
    if ('events' in played) return played
    // Whatever went furthest says best what is another.
    if (nearest === null || played.seq > nearest.seq) nearest = played
  }
  return nearest ?? diverging(first, 'missing', 'nothing comes of it now')
}

/** What answers an effect. */
const fromOutside: ReadonlySet<TaskEvent['type']> = new Set([
  'CallLost',
  'CallFinished',
  'CallFailed',
  'ToolAnswered',
  'ToolRefused',
  'ConditionEvaluated',
  'ListExpanded',
  'WhileEvaluated',
  'OutputsCollected',
])

/** Everything else begins with what a person says. */
const reactorEvents: ReadonlySet<TaskEvent['type']> = new Set([
  ...fromOutside,
  'ApprovalRequested',
  'TaskFailed',
  'StepFailed',
  'StepFinished',
  'StepStarted',
  'ApprovalExpired',
])

const isOfReactor = ({ type, actor }: TaskEvent): boolean =>
  reactorEvents.has(type) || (type === 'TaskResumed' && actor.kind === 'service')

const decideAgain = (
  command: TaskCommand,
  script: Script,
  task: Task,
  rules: { decide: typeof decide },
): { events: readonly TaskEvent[] } | TapeDivergence => {
  const [first] = script
  let events: readonly TaskEvent[]
  try {
    events = rules.decide(command, task)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return diverging(first, 'refused', messageOf(error))
  }
  if (events.length === 0) return diverging(first, 'missing', 'nothing comes of it now')
  for (const [index, event] of events.entries()) {
    const then = script[index]
    if (then === undefined) {
      const more = diverging(event, 'more', 'more comes of it now than was recorded')
      return { ...more, regenerated: sideOf(asJson(event.data)) }
    }
    if (then.type !== event.type) {
      const reason = `${event.type} comes in its place`
      return { ...diverging(then, 'different', reason, 'type'), ...sides(then.type, event.type) }
    }
    const difference = firstDifference(asJson(then.data), asJson(event.data))
    if (difference !== null) {
      const { field, recorded, regenerated } = difference
      return {
        ...diverging(then, 'different', reasonOf(field), field),
        ...sides(recorded, regenerated),
      }
    }
  }
  return { events }
}

const sides = (...[recorded, regenerated]: readonly Parameters<typeof sideOf>[0][]) => ({
  recorded: sideOf(recorded),
  regenerated: sideOf(regenerated),
})

const parts: Readonly<Record<string, string>> = {
  'asked.system': 'who the model is told to be is another',
  'asked.messages': 'what is said to the model is another',
  'asked.tools': 'the tools that the model is given are others',
  'asked.answer': 'the model is asked for another form of answer',
  'asked.terms': 'the model is asked on other terms',
}
const reasonOf = (field: string): string => parts[field] ?? `"${field}" is another`

const reasonCharactersMax = 1_000
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 900)

const diverging = (
  { seq, type }: TaskEvent,
  kind: TapeDivergence['kind'],
  reason: string,
  field: string | null = null,
): TapeDivergence => ({
  seq,
  type,
  kind,
  field,
  recorded: null,
  regenerated: null,
  reason: reason.slice(0, reasonCharactersMax),
})
