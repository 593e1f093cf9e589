import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { CallDecision } from '@maestro/contracts/llm/call-decision'
import type { AttemptFacts, CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import { answerMediaType, type CallWork } from '@maestro/contracts/llm/call-work'
import type { Answer } from '@maestro/contracts/llm/chat'
import type { Incomplete } from '@maestro/contracts/llm/incomplete'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { type Payload, payloadOf, previewOf } from '@maestro/service-kit/payload'
import type { AskedPrompt } from '../call-use/asked-prompt.ts'
import type { CallJournal } from '../journal/call-journal.ts'
import type { CallFailure, JournalEntry, OpenCall } from '../journal/call-record.ts'
import { type NewErrorReport, reportOfAttempt, reportOfCall } from '../errors/new-error-report.ts'
import { suggestFix } from '../errors/suggest-fix.ts'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import { asksPerson } from '../recovery/asks-person.ts'
import type { KnownStrategies } from '../recovery/recovery-store.ts'
import type { Settlement } from '../settle/settlement.ts'
import { failureRules } from '../strategy/failure-rules.ts'
import { costOfAll, factsOfFailure, oneLine } from './attempt-facts.ts'
import { isHandedOut, type Said, whatCame } from './what-came.ts'

/** A preview is far shorter; the rest of a long answer need not be looked at for it. */
const previewedCharactersMax = 1_000

export type CallEnd =
  | { kind: 'answered'; answer: Answer; answerRef: PayloadRef; facts: CallFacts }
  | { kind: 'failed'; failure: CallFailure; facts: CallFacts }
  /** `answer` is what came of it. */
  | {
      kind: 'incomplete'
      answer: Answer
      answerRef: PayloadRef
      incomplete: Incomplete
      facts: CallFacts
    }
  /** Another worker owns it, or this one goes: the journal knows more, later. */
  | { kind: 'left' }

/** Where settlements go once they are durable, and those that belong to no outcome of ours. */
export type SettlementDesk = {
  send: (settlement: Settlement) => void
  put: (settlement: Settlement) => Promise<void>
}

/** An answer that another call has bought. */
export type ReusedAnswer = { answer: Answer; answerRef: PayloadRef } & Pick<
  CallFacts,
  'provider' | 'model'
> & { cached: NonNullable<CallFacts['cached']> }

type Outcome =
  | { state: 'running'; givesUpLease?: true }
  | Pick<Extract<JournalEntry, { state: 'answered' }>, 'state' | 'answer' | 'facts'>
  | Pick<Extract<JournalEntry, { state: 'failed' }>, 'state' | 'failure' | 'facts'>
  | Pick<
      Extract<JournalEntry, { state: 'incomplete' }>,
      'state' | 'answer' | 'incomplete' | 'facts'
    >

/** The books of one call while this worker owns it: attempts so far, numbers, and every write of an outcome. */
export type CallLedger = {
  attempts: () => readonly AttemptFacts[]
  /** Those of this ask: what the strategy counts. */
  attemptsOfAsk: () => readonly AttemptFacts[]
  /** A number that no attempt of this call has had. */
  nextNumber: () => number
  /** `failure`: what is known about one that failed beside its facts. */
  add: (facts: AttemptFacts, failure?: ProviderFailure) => void
  /** Keeps whom the call is to ask; the last time counts. */
  noteDecision: (decision: CallDecision) => void
  /** Keeps what was asked, for whoever looks what repeats. It is told when the call has ended, so that no provider waits for it. */
  noteAsked: (asked: () => AskedPrompt) => void
  /** Keeps why budget held nothing: a call that ends for this reason says it as data. */
  noteRefusal: (refusal: BudgetRefusal | null) => void
  /** @returns null when the call goes on; an end when it is not ours any more. */
  goOn: (settlement: Settlement | null) => Promise<CallEnd | null>
  /** Leaves the call to whoever asks next. */
  leave: () => Promise<CallEnd>
  /** Ends the call; as an incomplete one if a part of its answer came. */
  fail: (failureClass: FailureClass, message: string, settlement?: Settlement) => Promise<CallEnd>
  /** Whether a part of an answer has come, and its end has not. */
  isBrokenOff: () => boolean
  answer: (said: Said, settlement: Settlement) => Promise<CallEnd>
  /** Ends the call with what another one has bought: it costs no more than its own lost attempts. */
  reuse: (reused: ReusedAnswer) => Promise<CallEnd>
}

export const openCallLedger = (
  { journal, settlements }: { journal: CallJournal; settlements: SettlementDesk },
  {
    work,
    open,
    recovery: { version: recoveryVersion, strategies },
  }: { work: CallWork; open: OpenCall; recovery: KnownStrategies },
): CallLedger => {
  const { callId } = work
  const { fence, runStart, startedAt } = open
  const attempts: AttemptFacts[] = [...open.attempts]
  let attempt = open.attempt
  let refused: BudgetRefusal | null = null
  /** They are written with the outcome that they belong to. */
  const unwritten: NewErrorReport[] = []
  const report = (made: NewErrorReport | null) => {
    if (made !== null) unwritten.push(made)
  }
  let asked: (() => AskedPrompt) | null = null
  let decided: { decision?: CallDecision } = {}
  /** Known to this worker alone: one that dies before the call has ended takes it with it. */
  let came: Said | null = null
  let lastReport: NewErrorReport | null = null
  const latencyMs = () => Math.max(Date.now() - startedAt.getTime(), 0)

  /** @returns whether the call was still ours. */
  const write = async (outcome: Outcome, settlement: Settlement | null): Promise<boolean> => {
    const reports = unwritten.splice(0)
    const base = { callId, fence, attempt, inFlight: null, attempts, settlement, reports }
    const written = await journal.write({ ...base, ...withAsked(outcome, asked) })
    if (settlement !== null) {
      if (written === 'lost') await settlements.put(settlement)
      settlements.send(settlement)
    }
    return written !== 'lost'
  }

  const factsOf = ({ provider, model, usage, firstTokenMs }: Said): CallFacts => ({
    provider,
    model,
    usage,
    firstTokenMs,
    costNanoUsd: costOfAll(attempts),
    latencyMs: latencyMs(),
    attempts: [...attempts],
    recoveryVersion,
    ...decided,
  })

  const cutOff = async (
    said: Said,
    incomplete: Incomplete,
    settlement: Settlement | null,
  ): Promise<CallEnd> => {
    const { answer } = said
    const payload = payloadOfAnswer(answer)
    const facts = factsOf(said)
    const outcome = { state: 'incomplete', answer: payload, incomplete, facts } as const
    return (await write(outcome, settlement))
      ? { kind: 'incomplete', answer, answerRef: payload.ref, incomplete, facts }
      : { kind: 'left' }
  }

  return {
    attempts: () => attempts,
    attemptsOfAsk: () => attempts.slice(runStart),
    nextNumber: () => (attempt += 1),
    add: (facts, failure) => {
      attempts.push(facts)
      came = whatCame(facts, failure) ?? came
      lastReport = reportOfAttempt(work, facts, failure ?? null)
      report(lastReport)
    },
    noteDecision: (decision) => {
      decided = { decision }
    },
    noteAsked: (told) => {
      asked = told
    },
    noteRefusal: (refusal) => {
      refused = refusal ?? refused
    },
    goOn: async (settlement) =>
      (await write({ state: 'running' }, settlement)) ? null : { kind: 'left' },
    leave: async () => {
      await write({ state: 'running', givesUpLease: true }, null)
      return { kind: 'left' }
    },
    isBrokenOff: () => came !== null,
    fail: async (failureClass, message, settlement) => {
      const cause = { failureClass, message: message.slice(0, 1_000) }
      const facts = { ...factsOfFailure(attempts, latencyMs()), recoveryVersion, ...decided }
      const ofCall = reportOfCall(work, cause, facts.latencyMs)
      report(ofCall)
      const asks = asksPerson(strategies[failureClass]) && ofCall !== null
      const ofClass = lastReport?.failureClass === failureClass ? lastReport : ofCall
      const ask = asks && ofClass !== null ? { ask: { suggestion: suggestFix(ofClass) } } : {}
      if (came !== null && isHandedOut(failureClass)) {
        return cutOff(came, { reason: 'broke-off', ...cause, ...ask }, settlement ?? null)
      }
      const refusal = failureClass === 'budget' ? refused : null
      const failure = { class: failureClass, message: cause.message, refusal, ...ask }
      const isOurs = await write({ state: 'failed', failure, facts }, settlement ?? null)
      return isOurs ? { kind: 'failed', failure, facts } : { kind: 'left' }
    },
    answer: async (said, settlement) => {
      if (said.answer.finish === 'length') return cutOff(said, atOutputLimit, settlement)
      const { answer } = said
      const payload = payloadOfAnswer(answer)
      const facts = factsOf(said)
      const isOurs = await write({ state: 'answered', answer: payload, facts }, settlement)
      return isOurs ? { kind: 'answered', answer, answerRef: payload.ref, facts } : { kind: 'left' }
    },
    reuse: async ({ answer, answerRef, provider, model, cached }) => {
      const facts: CallFacts = {
        ...factsOfFailure(attempts, latencyMs()),
        provider,
        model,
        cached,
      }
      // Its content is here already.
      const outcome = {
        state: 'answered',
        answer: { ref: answerRef, content: null },
        facts,
      } as const
      return (await write(outcome, null))
        ? { kind: 'answered', answer, answerRef, facts }
        : { kind: 'left' }
    },
  }
}

/** What was asked is journaled beside the facts. */
const withAsked = (outcome: Outcome, asked: (() => AskedPrompt) | null): Outcome =>
  outcome.state === 'running' || asked === null
    ? outcome
    : { ...outcome, facts: { ...outcome.facts, asked: asked() } }

const atOutputLimit: Incomplete = {
  reason: 'output-limit',
  failureClass: null,
  message: 'The answer was cut off at the output limit. Ask for less, or allow more output.',
}

const payloadOfAnswer = (answer: Answer): Payload => {
  const { ref, content } = payloadOf('llm-router', JSON.stringify(answer), answerMediaType)
  const preview = previewOf(oneLine(answer.text.slice(0, previewedCharactersMax)))
  return { ref: { ...ref, preview }, content }
}

/** What failed, then what to do about it. */
export const withAdvice = (failureClass: FailureClass, what: string): string =>
  `${what} ${failureRules[failureClass].advice}`
