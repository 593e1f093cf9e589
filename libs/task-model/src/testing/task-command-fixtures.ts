import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { approvalIdOf } from '@maestro/contracts/ids'
import type { CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { AskPerson } from '@maestro/contracts/llm/incomplete'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { Finding, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { DraftRole, Observer } from '@maestro/contracts/task/draft-role'
import type { IncompleteAnswer } from '@maestro/contracts/task/incomplete-answer'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { TaskOptions } from '@maestro/contracts/task/task-options'
import { decide } from '../decide.ts'
import { evolve } from '../evolve.ts'
import { type Task, unbornTask } from '../task.ts'
import type { AnsweredCall, CommandOf, ProposedPlan, TaskCommand } from '../task-command.ts'
import {
  ada,
  atMs,
  bornAt,
  draftPlace,
  factsWith,
  noFacts,
  optionsWith,
  orchestrator,
  planOf,
  refOf,
  stepPlace,
  taskId,
  toolPlace,
} from './task-fixtures.ts'

const later = atMs(1_000)
type Try = { attempt?: number; turn?: number }
type Round = { round?: number; turn?: number }

/** The events that these commands lead to, from the beginning. */
export const after = (...commands: readonly TaskCommand[]): readonly TaskEvent[] => {
  const events: TaskEvent[] = []
  let task: Task = unbornTask
  for (const command of commands) {
    const decided = decide(command, task)
    events.push(...decided)
    task = decided.reduce(evolve, task)
  }
  return events
}

export const create = ({
  plan = null,
  options = optionsWith(),
}: { plan?: ProposedPlan | null; options?: TaskOptions } = {}): TaskCommand => ({
  type: 'CreateTask',
  taskId,
  title: 'Rain',
  goal: refOf('Which months were the wettest?'),
  inputs: [],
  options,
  plan,
  at: bornAt,
  actor: ada,
})

/** A task that runs this plan without drafting. */
export const createWith = (
  steps: Parameters<typeof planOf>[0],
  options: Parameters<typeof optionsWith>[0] = {},
): TaskCommand => create({ plan: planOf(steps), options: optionsWith(options) })

const byPerson = (at = later) => ({ at, actor: ada })
const byService = (at = later) => ({ at, actor: orchestrator })

export const pause = (at?: string): TaskCommand => ({ type: 'PauseTask', ...byPerson(at) })
export const resume = (at?: string): TaskCommand => ({ type: 'ResumeTask', ...byPerson(at) })
export const cancel = (reason = 'enough'): TaskCommand => ({
  type: 'CancelTask',
  reason,
  ...byPerson(),
})
export const letStep = (name: string | null): TaskCommand => ({
  type: 'StepTask',
  stepId: name === null ? null : toolPlace(name).stepId,
  ...byPerson(),
})
export const checkDuration = (at: string): TaskCommand => ({
  type: 'CheckDuration',
  ...byService(at),
})

/** Of an approval, by the end of its id: `plan-v1`, `step-a`. */
export const approvalId = (what: string) => approvalIdOf(taskId, what)

export const decideOn = (
  what: string,
  decision: ApprovalDecision,
  {
    reason = ['reject', 'redraft', 'revise', 'answer'].includes(decision) ? 'too long' : '',
    at = later,
    strategy = decision === 'other-model' || decision === 'cheaper-model'
      ? { providers: ['ollama'] }
      : undefined,
    ...more
  }: {
    reason?: string
    at?: string
    strategy?: CallStrategy | undefined
  } & Pick<CommandOf<'DecideApproval'>, 'agent' | 'budget' | 'edits' | 'digest'> = {},
): TaskCommand => ({
  type: 'DecideApproval',
  approvalId: approvalId(what),
  decision,
  reason,
  guidance: decision === 'approve' || reason === '' ? null : refOf(reason),
  ...(strategy !== undefined && { strategy }),
  ...more,
  ...byPerson(at),
})

export const guide = (text: string): TaskCommand => ({
  type: 'GuideDrafting',
  guidance: refOf(text),
  ...byPerson(),
})
export const take = (version: number): TaskCommand => ({
  type: 'TakeVersion',
  version,
  ...byPerson(),
})
export const lock = (part: string, isLocked = true): TaskCommand => ({
  type: 'LockPart',
  part,
  isLocked,
  ...byPerson(),
})

export const skip = (name: string, reason: string): TaskCommand => ({
  type: 'SkipStep',
  stepId: toolPlace(name).stepId,
  reason,
  ...byPerson(),
})

export const answerCondition = (
  name: string,
  holds: boolean,
  problem: string | null = null,
): TaskCommand => ({
  type: 'AnswerCondition',
  stepId: toolPlace(name).stepId,
  holds,
  problem,
  ...byService(),
})

/** Items by their texts; their references stand for them. */
export const expandList = (
  name: string,
  items: readonly string[],
  problem: string | null = null,
  attempt = 1,
): TaskCommand => ({
  type: 'ExpandList',
  stepId: toolPlace(name).stepId,
  attempt,
  items: items.map(refOf),
  problem,
  ...byService(),
})

export const answerWhile = (
  name: string,
  round: number,
  holds: boolean,
  problem: string | null = null,
  attempt = 1,
): TaskCommand => ({
  type: 'AnswerWhile',
  stepId: toolPlace(name).stepId,
  attempt,
  round,
  holds,
  problem,
  ...byService(),
})

export const collectOutputs = (
  name: string,
  output: string | null,
  problem: string | null = null,
  attempt = 1,
): TaskCommand => ({
  type: 'CollectOutputs',
  stepId: toolPlace(name).stepId,
  attempt,
  output: output === null ? null : refOf(output),
  problem,
  ...byService(),
})

export const expire = (what: string, at: string): TaskCommand => ({
  type: 'ExpireApproval',
  approvalId: approvalId(what),
  told: refOf('nobody answered'),
  ...byService(at),
})

const answeredWith = (
  text: string | null,
  facts: CallFacts = factsWith(),
  answer: PayloadRef = refOf('answer'),
): AnsweredCall => ({ answer, text: text === null ? null : refOf(text), facts })

export const propose = ({
  round,
  turn,
  plan,
  replies = [],
}: Round & { plan?: ProposedPlan; replies?: PlannerAnswer['replies'] } = {}): TaskCommand => ({
  type: 'ProposePlan',
  place: draftPlace('planner', { round: round ?? 1, turn: turn ?? 1 }),
  answered: answeredWith('a plan'),
  plan: plan ?? planOf({ a: [], b: ['a'] }, { hash: `hash-${round ?? 1}` }),
  replies,
  ...byService(),
})

export const judge = (
  observer: Observer,
  {
    round = 1,
    turn = 1,
    hash = `hash-${round}`,
    verdict = 'approve',
    score = 0.9,
    findings = [],
  }: Round & {
    hash?: string
    verdict?: 'approve' | 'revise'
    score?: number
    findings?: Finding[]
  } = {},
): TaskCommand => ({
  type: 'JudgePlan',
  place: draftPlace(observer, { round, turn }),
  answered: answeredWith('a verdict'),
  observer,
  hash,
  judgement: { verdict, score, findings, summary: '' },
  ...byService(),
})

/** A whole round: the Planner proposes, both observers judge alike. */
export const draftRound = (
  round: number,
  verdict: 'approve' | 'revise',
  score: number,
): readonly TaskCommand[] => [
  propose({ round }),
  judge('agent-observer', { round, verdict, score }),
  judge('plan-observer', { round, verdict, score }),
]

export const refuseDraft = (role: DraftRole, problem: string, place: Round = {}): TaskCommand => ({
  type: 'RefuseAnswer',
  place: draftPlace(role, place),
  answered: answeredWith('not JSON'),
  problem,
  ...byService(),
})

export const failDraft = (
  role: DraftRole,
  failureClass: FailureClass,
  { ask, ...place }: Round & { ask?: AskPerson } = {},
): TaskCommand => ({
  type: 'FailCall',
  place: draftPlace(role, place),
  failureClass,
  message: `it was ${failureClass}`,
  refusal: null,
  ...(ask !== undefined && { ask }),
  facts: noFacts,
  ...byService(),
})

/** The step's model answers: with its output, or with tool calls by their ids. */
export const answer = (
  name: string,
  {
    text,
    tools = [],
    facts,
    at,
    ...place
  }: Try & { text?: string | null; tools?: readonly string[]; facts?: CallFacts; at?: string } = {},
): TaskCommand => ({
  type: 'FinishTurn',
  place: stepPlace(name, place),
  answered: answeredWith(
    text === undefined ? (tools.length > 0 ? null : `output of ${name}`) : text,
    facts,
  ),
  toolCalls: tools.map((id) => ({
    toolCallId: toolPlace(name, id).toolCallId,
    tool: 'read_input',
    arguments: refOf(`arguments of ${id}`),
  })),
  ...byService(at),
})

/** An agent judges the version that its turn is about. */
export const judgeOutput = (
  name: string,
  turn: number,
  verdict: 'good' | 'revise',
  output: string | null = null,
): TaskCommand => ({
  type: 'JudgeOutput',
  place: stepPlace(name, { turn }),
  answered: answeredWith('a judgement'),
  verdict,
  notes: verdict === 'good' ? '' : 'too long',
  output: output === null ? null : refOf(output),
  ...byService(),
})

type Part = Partial<IncompleteAnswer> & { text?: string | null }

const incompleteWith = (changes: Partial<IncompleteAnswer>): IncompleteAnswer => ({
  reason: 'broke-off',
  failureClass: 'incomplete_stream',
  message: 'it broke off',
  isUsable: true,
  ...changes,
})

/** Only a part of the step's answer comes. */
export const cutStep = (
  name: string,
  { text = `part of ${name}`, ...part }: Part = {},
  place: Try = {},
): TaskCommand => ({
  type: 'TakeIncomplete',
  place: stepPlace(name, place),
  answered: answeredWith(text),
  incomplete: incompleteWith(part),
  ...byService(),
})

export const cutDraft = (
  role: DraftRole,
  part: Partial<IncompleteAnswer> = {},
  place: Round = {},
): TaskCommand => ({
  type: 'TakeIncomplete',
  place: draftPlace(role, place),
  answered: answeredWith('half a plan'),
  incomplete: incompleteWith({ isUsable: false, ...part }),
  ...byService(),
})

export const refuseStep = (name: string, problem: string, place: Try = {}): TaskCommand => ({
  type: 'RefuseAnswer',
  place: stepPlace(name, place),
  answered: answeredWith(null),
  problem,
  ...byService(),
})

export const failStep = (
  name: string,
  failureClass: FailureClass,
  {
    refusal = null,
    ask,
    facts = noFacts,
    ...place
  }: Try & { refusal?: BudgetRefusal | null; ask?: AskPerson; facts?: CallFacts } = {},
): TaskCommand => ({
  type: 'FailCall',
  place: stepPlace(name, place),
  failureClass,
  message: `it was ${failureClass}`,
  refusal,
  ...(ask !== undefined && { ask }),
  facts,
  ...byService(),
})

export const answerTool = (
  name: string,
  id: string,
  { ok = true, ...place }: Try & { ok?: boolean } = {},
): TaskCommand => ({
  type: 'AnswerTool',
  place: toolPlace(name, id, place),
  ok,
  result: refOf(`result of ${id}`),
  latencyMs: 3,
  ...byService(),
})

export const refuseTool = (name: string, id: string, place: Try = {}): TaskCommand => ({
  type: 'RefuseTool',
  place: toolPlace(name, id, place),
  tool: 'read_input',
  reason: 'not yours',
  result: refOf('refused'),
  ...byService(),
})

export const resumeWithBudget = (
  because: CommandOf<'ResumeWithBudget'>['because'],
  at?: string,
): TaskCommand => ({ type: 'ResumeWithBudget', because, ...byService(at) })

/** The wait after this attempt is over. */
export const startRetry = (name: string, attempt: number, at = atMs(600_000)): TaskCommand => ({
  type: 'StartRetry',
  stepId: toolPlace(name).stepId,
  attempt,
  ...byService(at),
})
