import { refusalWords } from '@maestro/contracts/budget/refusal-words'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import { aimedFinding } from '../drafting/aimed-finding.ts'
import { recordReplies, unansweredIn } from '../drafting/answer-findings.ts'
import { lockProblems } from '../drafting/lock-problems.ts'
import { cutAtLimit } from './cut-at-limit.ts'
import { recordPlan } from '../plan/record-plan.ts'
import type { Recorder } from '../recorder.ts'
import type { BornTask, CallRecord } from '../task.ts'
import type { AnsweredCall, CallPlace, CommandOf, ProposedPlan } from '../task-command.ts'

export const proposePlan = (command: CommandOf<'ProposePlan'>, recorder: Recorder): void => {
  const { place, answered, plan, replies } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder)
  if (!isPresent(place, recorder.task())) return
  const unanswered = unansweredIn(replies, recorder.task())
  const problems = proposalProblems(plan, unanswered, recorder.task())
  if (problems.length > 0) {
    refuse(place, problems.slice(0, problemsMax).join('; '), recorder)
    return
  }
  const version = recorder.task().versions.length + 1
  recordPlan(plan, { version, author: 'planner', callId: place.callId }, recorder)
  recordReplies(version, replies, unanswered, recorder)
}

const problemsMax = 12

/** Locks hold always. Silence on what matters is asked about once, and then recorded as such. */
const proposalProblems = (
  plan: ProposedPlan,
  unanswered: ReturnType<typeof unansweredIn>,
  task: BornTask,
): string[] => {
  const asked = task.drafting.jobs.planner.repair !== null
  const weighty = unanswered.filter(({ severity }) => severity !== 'minor')
  return [
    ...lockProblems(plan, task),
    ...(asked ? [] : weighty).map(
      ({ findingId }) => `finding ${findingId} has no reply: say whether it is addressed, and why`,
    ),
  ]
}

export const judgePlan = (command: CommandOf<'JudgePlan'>, recorder: Recorder): void => {
  const { place, answered, observer, hash, judgement } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder)
  // A verdict that comes after its round is paid for and dropped.
  if (!isPresent(place, recorder.task())) return
  const version = recorder.task().versions.at(-1)
  if (version?.hash !== hash) {
    refuse(place, 'the verdict is about another version of the plan', recorder)
    return
  }
  const { verdict, score, criteria, findings, summary } = judgement
  recorder.record({
    type: 'PlanJudged',
    data: {
      version: version.version,
      hash,
      observer,
      callId: place.callId,
      verdict,
      score,
      summary,
      ...(criteria !== undefined && { criteria }),
      findings: findings.map((finding, index) => ({
        ...aimedFinding(finding, version),
        findingId: `v${version.version}-${observer}-${index + 1}`,
      })),
    },
  })
}

export const finishTurn = (command: CommandOf<'FinishTurn'>, recorder: Recorder): void => {
  if (!isRunning(command.place, recorder.task())) return
  recordAnswer(command.place, command.answered, command.toolCalls, recorder)
}

export const takeIncomplete = (command: CommandOf<'TakeIncomplete'>, recorder: Recorder): void => {
  const { place, answered, incomplete } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder, { incomplete })
  const isOfDraft = place.stepId === null && recorder.task().stage !== 'ended'
  // A role of the drafting is asked again; a step has a policy of its own.
  if (isOfDraft && incomplete.reason === 'output-limit') refuse(place, cutAtLimit, recorder)
}

export const refuseAnswer = (command: CommandOf<'RefuseAnswer'>, recorder: Recorder): void => {
  const { place, answered, problem } = command
  if (!isRunning(place, recorder.task())) return
  recordAnswer(place, answered, [], recorder)
  // After the end only the money counts: nobody is left to repair anything.
  if (recorder.task().stage !== 'ended') refuse(place, problem, recorder)
}

const refuse = (
  { callId, purpose, stepId }: CallPlace,
  problem: string,
  { record }: Recorder,
): void => record({ type: 'AnswerRefused', data: { callId, purpose, stepId, problem } })

export const failCall = (command: CommandOf<'FailCall'>, recorder: Recorder): void => {
  const { place, failureClass, message, refusal, ask, facts, asked } = command
  if (!isRunning(place, recorder.task())) return
  recordLost(place, facts, recorder)
  const { callId, purpose, stepId, attempt, turn } = place
  const failed = { callId, purpose, stepId, attempt, turn, failureClass, message, facts }
  recorder.record({
    type: 'CallFailed',
    data: {
      ...failed,
      ...(ask !== undefined && { ask }),
      ...(asked !== undefined && { asked }),
    },
  })
  const { stage, pause, steppedIds } = recorder.task()
  // A step that was let through while all else is held would ask again at once, for ever: it is held as well.
  const goesOn = pause === null || (stepId !== null && steppedIds.includes(stepId))
  // Running out of money is a question to a person, not a crash.
  // One whose step has begun anew meanwhile is missed by nobody.
  const isMissed =
    stepId === null
      ? isPresent(place, recorder.task())
      : recorder.task().steps[stepId]?.turns.at(-1)?.callId === callId
  if (failureClass === 'budget' && stage !== 'ended' && goesOn && isMissed) {
    const note = (refusal === null ? null : refusalWords(refusal)) ?? message
    recorder.record({ type: 'TaskPaused', data: { reason: 'budget', note, refusal } })
  }
}

export const recordAnswer = (
  place: CallPlace,
  { answer, text, facts, role, asked }: AnsweredCall,
  toolCalls: CommandOf<'FinishTurn'>['toolCalls'],
  recorder: Recorder,
  incomplete: Pick<TaskEventData<'CallFinished'>, 'incomplete'> = {},
): void => {
  recordLost(place, facts, recorder)
  const { callId, purpose, stepId, attempt, turn } = place
  const more = {
    ...incomplete,
    ...(role !== undefined && { role }),
    ...(asked !== undefined && { asked }),
  }
  recorder.record({
    type: 'CallFinished',
    data: { callId, purpose, stepId, attempt, turn, answer, toolCalls, text, facts, ...more },
  })
}

const recordLost = (
  { callId, purpose, stepId }: CallPlace,
  facts: AnsweredCall['facts'],
  { record }: Recorder,
): void => {
  for (const { outcome, attempt, costNanoUsd } of facts.attempts) {
    if (outcome !== 'lost') continue
    record({
      type: 'CallLost',
      data: { callId, purpose, stepId, attempt, costNanoUsd: costNanoUsd ?? noMoney },
    })
  }
}

/** False when this call's result is in the state already: a second report of it changes nothing. */
export const isRunning = ({ callId, stepId }: CallPlace, task: BornTask): boolean => {
  const calls: readonly CallRecord[] =
    stepId === null ? task.drafting.calls : (task.steps[stepId]?.calls ?? [])
  // From the end: the running call is one of the newest.
  return calls.findLast((call) => call.callId === callId)?.status === 'running'
}

/** False when the drafting has moved on to another round or has ended. */
const isPresent = ({ callId, role }: CallPlace, task: BornTask): boolean => {
  const call = task.drafting.calls.find((candidate) => candidate.callId === callId)
  return (
    role !== null &&
    task.stage === 'drafting' &&
    call?.round === task.drafting.round &&
    call.turn === task.drafting.jobs[role].turn
  )
}
