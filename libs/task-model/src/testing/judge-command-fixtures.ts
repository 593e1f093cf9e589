import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { JudgeAnswer, JudgeOptions } from '@maestro/contracts/task/result-judgement'
import type { CommandOf, TaskCommand } from '../task-command.ts'
import { atMs, factsWith, judgePlace, noFacts, orchestrator, refOf } from './task-fixtures.ts'

type Place = { attempt?: number; turn?: number; ask?: number }
const byService = { at: atMs(1_000), actor: orchestrator }
const answered = { answer: refOf('answer'), text: refOf('a judgement'), facts: factsWith() }

/** A judge with room for everything, which looks at an agent after each turn. */
export const judgeWith = (changes: Partial<JudgeOptions> = {}): JudgeOptions => ({
  callsMax: 100,
  costNanoUsd: nanoUsd(1_000_000),
  turnsBetween: 1,
  ...changes,
})

/** The judge of this step's turn says so. */
export const judgeResult = (
  name: string,
  verdict: JudgeAnswer['verdict'],
  {
    attempt = 1,
    turn = 1,
    ask = 1,
    ...said
  }: Place & Partial<CommandOf<'JudgeResult'>['judgement']> = {},
): TaskCommand => ({
  type: 'JudgeResult',
  place: judgePlace(name, { attempt, turn, ask }),
  answered,
  judgement: { verdict, concern: 'other', reason: 'so', words: '', memories: [], ...said },
  ...byService,
})

export const refuseJudge = (name: string, place: Place = {}): TaskCommand => ({
  type: 'RefuseAnswer',
  place: judgePlace(name, place),
  answered,
  problem: 'no JSON',
  ...byService,
})

export const failJudge = (
  name: string,
  failureClass: 'budget' | 'timeout',
  place: Place = {},
): TaskCommand => ({
  type: 'FailCall',
  place: judgePlace(name, place),
  failureClass,
  message: `it was ${failureClass}`,
  refusal: null,
  facts: noFacts,
  ...byService,
})
