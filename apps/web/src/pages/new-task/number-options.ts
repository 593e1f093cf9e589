import { planDepthMax } from '@maestro/contracts/task/expansion'
import { UsdText } from '@maestro/contracts/money/nano-usd'
import { defaultTaskOptions, runawayLimits } from '@maestro/contracts/task/task-options'
import { formatCount } from '../../ui/format-count.ts'

const { limits, drafting } = defaultTaskOptions
export const mebibyte = 1_024 * 1_024

type NumberOption = {
  readonly group: 'drafting' | 'running' | 'runaway'
  readonly label: string
  /** What it is about; the field shows what holds when it is left empty. */
  readonly hint: string
  readonly usual: string
} & (
  | { readonly unit: 'usd' }
  | { readonly unit: 'count' | 'score'; readonly min: number; readonly max: number }
)

const count = (max: number) => ({ unit: 'count', min: 1, max }) as const

/** Bounds that a task may have of its own. Empty: what is usual. */
export const numberOptions = {
  roundsMax: {
    group: 'drafting',
    label: 'Rounds, at most',
    hint: 'Plan, two verdicts, better plan',
    usual: String(drafting.roundsMax),
    ...count(10),
  },
  stepsMax: {
    group: 'drafting',
    label: 'Steps of the plan, at most',
    hint: 'The Planner is told, and a longer plan is refused',
    usual: 'no bound of its own',
    ...count(1_000),
  },
  draftCostUsd: {
    group: 'drafting',
    label: 'Cost of drafting, US $',
    hint: 'No further round begins once it is reached',
    usual: 'none',
    unit: 'usd',
  },
  scoreMin: {
    group: 'drafting',
    label: 'Score that both observers must give',
    hint: 'From 0 to 1',
    usual: String(drafting.scoreMin),
    unit: 'score',
    min: 0,
    max: 1,
  },
  turnsMax: {
    group: 'running',
    label: 'Turns of a step, at most',
    hint: 'Model calls of one attempt',
    usual: String(limits.turnsMax),
    ...count(100),
  },
  stepsParallelMax: {
    group: 'running',
    label: 'Steps at once, at most',
    hint: 'Those whose inputs are ready run side by side',
    usual: String(limits.stepsParallelMax),
    ...count(64),
  },
  toolCallsMax: {
    group: 'runaway',
    label: 'Tool calls of an attempt, at most',
    hint: 'An agent that goes in circles is stopped here',
    usual: formatCount(runawayLimits.toolCallsMax),
    ...count(10_000),
  },
  callsMax: {
    group: 'runaway',
    label: 'Model calls of the task, at most',
    hint: 'Of all its steps and attempts together',
    usual: formatCount(runawayLimits.callsMax),
    ...count(1_000_000),
  },
  fanOutMax: {
    group: 'runaway',
    label: 'Steps that one step becomes, at most',
    hint: 'Items of its list, rounds, or steps of its own plan',
    usual: formatCount(runawayLimits.fanOutMax),
    ...count(1_000),
  },
  depthMax: {
    group: 'runaway',
    label: 'Plans inside plans, at most so deep',
    hint: '1: no step holds a plan of its own',
    usual: formatCount(runawayLimits.depthMax),
    ...count(planDepthMax),
  },
  answerMebibytesMax: {
    group: 'runaway',
    label: 'Text of models and tools, MiB at most',
    hint: 'All that they say in this task, drafting and earlier attempts too',
    usual: formatCount(runawayLimits.answerBytesMax / mebibyte),
    ...count(10_000),
  },
} as const satisfies Record<string, NumberOption>

export type NumberOptionName = keyof typeof numberOptions
export const numberOptionNames = Object.keys(numberOptions) as NumberOptionName[]

/** What is wrong with a value as it was typed; null: nothing. */
export const numberProblem = (name: NumberOptionName, typed: string): string | null => {
  const option: NumberOption = numberOptions[name]
  const text = typed.trim()
  if (text === '') return null
  if (option.unit === 'usd')
    return UsdText.safeParse(text).success && Number(text) > 0
      ? null
      : 'An amount in dollars, such as 0.50.'
  const shape = option.unit === 'score' ? /^\d*\.?\d+$/ : /^\d+$/
  const fits = shape.test(text) && Number(text) >= option.min && Number(text) <= option.max
  return fits
    ? null
    : `A ${option.unit === 'count' ? 'whole ' : ''}number from ${option.min} to ${formatCount(option.max)}.`
}
