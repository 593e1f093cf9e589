import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { anyBookmark } from './any-bookmark.ts'
import { anySteering } from './any-steering.ts'
import { anySurgery } from './any-surgery.ts'
import { answerOf, type Choose } from './effect-answers.ts'
import { decide } from '../decide.ts'
import { closedBy, type Effect, effectsOf } from '../effects-of.ts'
import { evolve } from '../evolve.ts'
import { canSkip, steppableSteps } from '../task-can.ts'
import { type BornTask, type Step, type Task, unbornTask } from '../task.ts'
import type { ProposedPlan, TaskCommand } from '../task-command.ts'
import { draftingWhim } from './drafting-whim.ts'
import { decideOn, pause, resume } from './task-command-fixtures.ts'
import { ada, atMs } from './task-fixtures.ts'

/** What a shell does with the rules, without any of its machinery: keeps the state, and the effects that are open. */
export type Simulation = {
  /** What the Planner will propose; left out: a small plan. */
  nextPlan?: () => ProposedPlan
  task: () => BornTask
  events: readonly TaskEvent[]
  open: ReadonlyMap<string, Effect>
  /** Every call that was ever asked for, in order. */
  askedCallIds: readonly string[]
  send: (command: TaskCommand) => readonly TaskEvent[]
}

type Watch = (event: TaskEvent, before: Task, after: BornTask) => void

/** `watch` sees every event with the states before and after it. */
export const createSimulation = (birth: TaskCommand, watch?: Watch): Simulation => {
  const simulation = goOnFrom([], watch)
  simulation.send(birth)
  return simulation
}

/** A task that stands where these events have brought it, whichever version of the rules decided them. */
export const goOnFrom = (past: readonly TaskEvent[], watch: Watch = () => {}): Simulation => {
  const events: TaskEvent[] = []
  const open = new Map<string, Effect>()
  const askedCallIds: string[] = []
  let task: Task = unbornTask
  const born = (): BornTask => {
    if (task.status === 'unborn') throw new Error('the task is not born')
    return task
  }
  const take = (event: TaskEvent) => {
    const before = task
    task = evolve(task, event)
    watch(event, before, born())
    const closed = closedBy(event, before)
    for (const [id, { kind }] of open) {
      if (closed === 'all-but-calls' ? kind !== 'call' : closed.includes(id)) open.delete(id)
    }
    for (const effect of effectsOf(event, born())) {
      if (effect.kind === 'call') askedCallIds.push(effect.place.callId)
      open.set(effect.id, effect)
    }
    events.push(event)
  }
  const send = (command: TaskCommand) => {
    const decided = decide(command, task)
    for (const event of decided) take(event)
    return decided
  }
  for (const event of past) take(event)
  return { task: born, events, open, askedCallIds, send }
}

/**
 * Lives a task to its end: answers open effects in any order and in any way, pauses, goes on, lets
 * steps through, cancels, and says everything twice. When `choose` runs out, everything goes well.
 * Returns what was answered. @throws {Error} when the task is stuck.
 */
export const liveToTheEnd = (simulation: Simulation, choose: Choose): readonly TaskCommand[] => {
  const sent: TaskCommand[] = []
  const { createdAt, updatedAt } = simulation.task()
  let nowMs = Date.parse(updatedAt) - Date.parse(createdAt)
  for (let turn = 0; simulation.task().stage !== 'ended' || hasCalls(simulation); turn += 1) {
    if (turn > turnsMax) throw new Error('the task does not come to an end')
    nowMs += choose(3) * 1_000
    const command = nextCommand(simulation, sent, choose, nowMs)
    simulation.send(command)
    sent.push(command)
  }
  return sent
}

const skipping = ({ stepId }: Step, at: string): TaskCommand => ({
  type: 'SkipStep',
  stepId,
  reason: 'a whim',
  at,
  actor: ada,
})

const works: ReadonlySet<Effect['kind']> = new Set([
  'call',
  'raise-budget',
  'tool',
  'condition',
  'list',
  'while',
  'outputs',
])

/** Far more than the largest of the simulated tasks needs. */
const turnsMax = 5_000

const hasCalls = ({ open }: Simulation) => [...open.values()].some(({ kind }) => kind === 'call')

const nextCommand = (
  simulation: Simulation,
  sent: readonly TaskCommand[],
  choose: Choose,
  nowMs: number,
): TaskCommand => {
  const task = simulation.task()
  const said = sent[choose(sent.length + 1) - 1]
  const whim = choose(24)
  if (whim === 23) return anyBookmark(task, choose, atMs(nowMs))
  if (task.stage !== 'ended') {
    if (whim === 1 && said && isAnswer(said)) return said
    if (whim === 2 && (task.status === 'running' || task.status === 'drafting')) {
      return pause(atMs(nowMs))
    }
    if (whim === 3 && task.status === 'paused') return resume(atMs(nowMs))
    if (whim === 4 && task.status === 'paused') {
      const steps = steppableSteps(task)
      const step = steps[choose(steps.length)]
      if (step) return { type: 'StepTask', stepId: step.stepId, at: atMs(nowMs), actor: ada }
    }
    if (whim === 7) {
      const steps = Object.values<Step>(task.steps).filter((step) => canSkip(task, step))
      const step = steps[choose(steps.length)]
      if (step) return skipping(step, atMs(nowMs))
    }
    const wish = whim === 8 ? draftingWhim(task, choose, atMs(nowMs)) : null
    if (wish) return wish
    if (whim > 8 && whim < 13) {
      const steering = anySteering(task, choose, atMs(nowMs))
      if (steering !== null) return steering
    }
    if (whim > 12 && whim < 17) {
      const surgery = anySurgery(task, choose, atMs(nowMs))
      if (surgery !== null) return surgery
    }
    if (whim === 5 && choose(8) === 1) {
      return { type: 'CancelTask', reason: 'a whim', at: atMs(nowMs), actor: ada }
    }
  }
  const effects = [...simulation.open.values()]
  const work = effects.filter((effect) => works.has(effect.kind) || startsRetry(effect, task))
  const timers = effects.filter(({ dueAt }) => dueAt !== null)
  const timer = timers[choose(timers.length)]
  if (timer && whim === 6) return answerOf(timer, simulation, choose, atMs(nowMs))
  const effect = work[choose(work.length)]
  if (effect) return answerOf(effect, simulation, choose, atMs(nowMs))
  if (task.status === 'paused') return resume(atMs(nowMs))
  const approval = Object.values(task.approvals).find(({ status }) => status === 'open')
  if (approval) {
    const { choices, step } = approval.question ?? {}
    const easy = approval.kind === 'question' ? 'answer' : 'approve'
    // People give up at some time what fails each time.
    const isHopeless = (step?.attempts ?? 0) > 6
    const decision = isHopeless ? 'fail' : (choices?.[choose(3)] ?? easy)
    return decideOn(approval.approvalId.split('_').slice(2).join('_'), decision, {
      at: atMs(nowMs),
    })
  }
  throw new Error(`the task is stuck: ${JSON.stringify(task.steps)}`)
}

/** While its task is paused a retry does not start. */
const startsRetry = (effect: Effect, { pause, steppedIds }: BornTask): boolean =>
  effect.kind === 'start-retry' && (pause === null || steppedIds.includes(effect.stepId))

/** What people say twice may well be refused the second time. */
const saidByPeople: ReadonlySet<TaskCommand['type']> = new Set([
  'PauseTask',
  'ResumeTask',
  'StepTask',
  'SkipStep',
  'DecideApproval',
  'RetryStep',
  'RerunFrom',
  'SetBreakpoint',
  'GiveGuidance',
  'ModifyAgent',
  'EditPlan',
  'UndoPlanEdit',
  'GuideDrafting',
  'TakeVersion',
  'LockPart',
  'SetBookmark',
  'RemoveBookmark',
])

const isAnswer = ({ type }: TaskCommand) => !saidByPeople.has(type)

/** Steps that take one of the places of the parallel limit. */
export const atWork = (task: BornTask): readonly Step[] =>
  Object.values<Step>(task.steps).filter(
    ({ status, expansion }) =>
      (status === 'running' || status === 'retrying') && expansion === undefined,
  )
