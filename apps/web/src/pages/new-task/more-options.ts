import type { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import type { StrategyPreference } from '@maestro/contracts/llm/call-strategy'
import {
  mebibyte,
  type NumberOptionName,
  numberOptionNames,
  numberProblem,
} from './number-options.ts'

/** How old an answer may be that was bought before; `never`: every call is made anew. */
export type AnswerAge = 'never' | 'hour' | 'day' | 'week'

/** What most tasks leave as it is. Numbers are kept as typed; empty is what is usual. */
export type MoreOptions = {
  readonly numbers: Readonly<Record<NumberOptionName, string>>
  readonly prefer: StrategyPreference | 'usual'
  readonly reuse: AnswerAge
  /** Whether a model judges results while steps run. */
  readonly judge: 'off' | 'on'
  /** Of one that does: what becomes of a change that it wants of an agent. */
  readonly agentChanges: 'ask' | 'apply'
  readonly unsafeTools: 'ask' | 'run'
  /** Tools that ask each time, by name. */
  readonly gatedTools: readonly string[]
}

export const usualOptions: MoreOptions = {
  numbers: Object.fromEntries(
    numberOptionNames.map((name) => [name, '']),
  ) as MoreOptions['numbers'],
  prefer: 'usual',
  reuse: 'never',
  judge: 'off',
  agentChanges: 'ask',
  unsafeTools: 'ask',
  gatedTools: [],
}

export type NumberProblems = Partial<Record<NumberOptionName, string>>

export const problemsOfNumbers = ({ numbers }: MoreOptions): NumberProblems =>
  Object.fromEntries(
    numberOptionNames.flatMap((name) => {
      const problem = numberProblem(name, numbers[name])
      return problem === null ? [] : [[name, problem]]
    }),
  )

/** How many of them are not as usual. */
export const changesOf = ({
  numbers,
  prefer,
  reuse,
  judge,
  agentChanges,
  unsafeTools,
  gatedTools,
}: MoreOptions): number =>
  [
    ...Object.values(numbers).map((typed) => typed.trim() !== ''),
    prefer !== 'usual',
    reuse !== 'never',
    judge !== 'off',
    judge !== 'off' && agentChanges !== 'ask',
    unsafeTools !== 'ask',
    gatedTools.length > 0,
  ].filter(Boolean).length

const hourMs = 3_600_000
const ageMs: Record<Exclude<AnswerAge, 'never'>, number> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
}

type Part = Pick<HttpTaskOptions, 'limits' | 'drafting' | 'cache' | 'strategy' | 'gates' | 'judge'>

/** As the gateway takes them; what is usual is left out. Only for numbers without problems. */
export const toHttpOptions = ({ numbers, ...more }: MoreOptions): Part => {
  const { roundsMax, stepsMax, draftCostUsd, scoreMin, answerMebibytesMax, ...limits } = numbers
  const drafting = given({ roundsMax, stepsMax, scoreMin })
  const cost = draftCostUsd.trim()
  const mebibytes = answerMebibytesMax.trim()
  const isGated = more.unsafeTools === 'run' || more.gatedTools.length > 0
  return {
    limits: {
      ...given(limits),
      ...(mebibytes === '' ? {} : { answerBytesMax: Number(mebibytes) * mebibyte }),
    },
    drafting: { ...drafting, ...(cost === '' ? {} : { costUsd: cost }) },
    ...(more.reuse === 'never' ? {} : { cache: { maxAgeMs: ageMs[more.reuse] } }),
    ...(more.prefer === 'usual' ? {} : { strategy: { prefer: more.prefer } }),
    ...(more.judge === 'on'
      ? { judge: more.agentChanges === 'ask' ? {} : { agentChanges: more.agentChanges } }
      : {}),
    ...(isGated ? { gates: { tools: [...more.gatedTools], unsafe: more.unsafeTools } } : {}),
  }
}

const given = <Name extends string>(typed: Record<Name, string>): Partial<Record<Name, number>> => {
  const numbers: Partial<Record<Name, number>> = {}
  for (const name of Object.keys(typed) as Name[])
    if (typed[name].trim() !== '') numbers[name] = Number(typed[name])
  return numbers
}
