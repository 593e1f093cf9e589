import type { TaskEventData } from '@maestro/contracts/task/task-events'
import { turnsOf } from '../execution/turns-of.ts'
import { agentOf } from '../steering/agent-of.ts'
import type { BornTask, Step, ToolUse, Turn } from '../task.ts'

export type StepFinding = Pick<TaskEventData<'ObserverNoted'>, 'detector' | 'severity' | 'text'>

const sameCallsMin = 3
/** The tool's answer tells an agent the first time. */
const foreignUsesMin = 2
const turnsWithoutFactMin = 3
/** A shorter text is what an agent says to itself, not an output. */
const outputBytesMin = 200
const turnsLeftMax = 2
/** With fewer turns than this the end is always near. */
const turnsMaxMin = 6

/**
 * What code can see in the turns of the present attempt, all tools of the last one having answered.
 * Each detector looks at what came after its own last note: a finding needs evidence of its own.
 */
export const findingsIn = (
  step: Step,
  turnsMax: number,
  task: Pick<BornTask, 'agents' | 'earlierAgents'>,
): readonly StepFinding[] => [
  ...drift(step, task),
  ...sameCall(step),
  ...noNewFact(step),
  ...goingOn(step),
  ...nearCap(step, turnsMax),
]

/** The turn of the last note of this kind in this attempt; 0 when there is none. */
const notedAt = ({ observation, attempt }: Step, detector: StepFinding['detector']): number =>
  observation?.notes.findLast((note) => note.attempt === attempt && note.detector === detector)
    ?.turn ?? 0

const keyOf = ({ tool, arguments: args }: ToolUse) => `${tool} ${args.sha256}`

const sameCall = (step: Step): readonly StepFinding[] => {
  const since = notedAt(step, 'same-call')
  const uses = step.turns.filter(({ turn }) => turn > since).flatMap(({ toolUses }) => toolUses)
  const most = [...Map.groupBy(uses, keyOf).values()].find(({ length }) => length >= sameCallsMin)
  const use = most?.[0]
  if (most === undefined || use === undefined) return []
  const text = `"${use.tool}" was called ${most.length} times with the same arguments. Its answer is known: use it, ask something else, or deliver.`
  return [{ detector: 'same-call', severity: 'major', text }]
}

/** It reaches for tools that are not its own: it takes itself for another agent. What it writes about, only a model can tell. */
const drift = (step: Step, task: Parameters<typeof agentOf>[0]): readonly StepFinding[] => {
  const own = agentOf(task, step)?.tools
  if (own === undefined) return []
  const since = notedAt(step, 'drift')
  const foreign = step.turns
    .filter(({ turn }) => turn > since)
    .flatMap(({ toolUses }) => toolUses)
    .filter(({ tool, status }) => status === 'refused' && !own.includes(tool))
  if (foreign.length < foreignUsesMin) return []
  const names = [...new Set(foreign.map(({ tool }) => `"${tool}"`))].slice(0, 5).join(', ')
  const has = own.length === 0 ? 'no tools' : own.map((tool) => `"${tool}"`).join(', ')
  const text = `It called ${names}, which this agent does not have; it has ${has}. Do what this agent is there for, or say in the output what is missing.`
  return [{ detector: 'drift', severity: 'major', text: text.slice(0, 1_000) }]
}

const noNewFact = (step: Step): readonly StepFinding[] => {
  const since = Math.max(notedAt(step, 'no-new-fact'), notedAt(step, 'same-call'))
  const told = new Set<string>()
  let fruitless = 0
  for (const { turn, toolUses } of step.turns) {
    if (toolUses.length === 0) continue
    const isNew = toolUses.some(({ result }) => result !== null && !told.has(result.sha256))
    for (const { result } of toolUses) if (result !== null) told.add(result.sha256)
    fruitless = isNew || turn <= since ? 0 : fruitless + 1
  }
  if (fruitless < turnsWithoutFactMin) return []
  const text = `The tools of the last ${fruitless} turns answered nothing that was not known. Work with what there is, or say what is missing.`
  return [{ detector: 'no-new-fact', severity: 'major', text }]
}

const goingOn = (step: Step): readonly StepFinding[] => {
  const last = step.turns.at(-1)
  const said = saidBesideTools(last)
  if (said === null || last === undefined) return []
  const since = notedAt(step, 'going-on')
  const isRepeated = step.turns.some(
    (turn) => turn.turn > since && turn.turn < last.turn && saidBesideTools(turn) === said,
  )
  if (!isRepeated) return []
  const text =
    'The same text was written again, with more tool calls. If it is the output, deliver it: answer with it and call no tool.'
  return [{ detector: 'going-on', severity: 'major', text }]
}

const saidBesideTools = (turn: Turn | undefined): string | null =>
  turn?.text && turn.toolUses.length > 0 && turn.text.bytes >= outputBytesMin
    ? turn.text.sha256
    : null

const nearCap = (step: Step, turnsMax: number): readonly StepFinding[] => {
  const left = turnsMax - turnsOf(step)
  if (turnsMax < turnsMaxMin || left > turnsLeftMax || left < 1) return []
  if (notedAt(step, 'near-cap') > 0) return []
  const text = `${left === 1 ? 'One turn is' : `${left} turns are`} left of ${turnsMax}, and nothing is delivered yet. Deliver what the step promises with what there is.`
  return [{ detector: 'near-cap', severity: 'minor', text }]
}
