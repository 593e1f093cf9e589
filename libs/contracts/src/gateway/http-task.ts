import { z } from 'zod'
import { AnswerReuse } from '../llm/answer-reuse.ts'
import { ProviderName } from '../llm/chat.ts'
import { UsdText } from '../money/nano-usd.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import {
  AgentDraft,
  DeepestSubPlan,
  PlanDraft,
  StepOfPlan,
  StepPromise,
  subPlanOf,
} from '../task/plan-draft.ts'
import { TaskGoal, TaskSummary } from '../task/task-endpoints.ts'
import { InputName, inputsMax } from '../task/task-input.ts'
import { JudgeOptions } from '../task/result-judgement.ts'
import { Autonomy, TaskOptions, ToolGates } from '../task/task-options.ts'

/**
 * A whole request that carries files: goal, plan and all inputs together, base64 counted as it is
 * sent. Four inputs of the largest size fit as text; more of that size go into tasks of their own.
 */
export const newTaskBodyBytesMax = 32 * 1024 * 1024

/** A file with its content: as text, or as base64 of UTF-8 text. */
export const HttpInput = z
  .strictObject({
    name: InputName,
    /** Left out: told by the ending of the name. Any string here: an unknown kind has an error of its own. */
    mediaType: z.string().max(120).optional(),
    text: z.string().optional(),
    base64: z.string().optional(),
  })
  .refine(
    ({ text, base64 }) => (text === undefined) !== (base64 === undefined),
    'an input has either "text" or "base64"',
  )
export type HttpInput = z.infer<typeof HttpInput>

const { limits, drafting } = TaskOptions.shape

/** Every part may be left out; money is decimal text. */
export const HttpTaskOptions = z.strictObject({
  autonomy: Autonomy.optional(),
  providers: z
    .array(ProviderName)
    .max(4)
    .refine((names) => new Set(names).size === names.length, 'a provider is named once')
    .optional(),
  limits: z
    .strictObject({
      costUsd: UsdText.nullable().optional(),
      durationMs: limits.shape.durationMs.optional(),
      turnsMax: limits.shape.turnsMax.optional(),
      stepsParallelMax: limits.shape.stepsParallelMax.optional(),
      /** Against runaways: tool calls of one attempt of one step; model calls of the whole task; bytes of all that models and tools said. */
      toolCallsMax: limits.shape.toolCallsMax,
      callsMax: limits.shape.callsMax,
      answerBytesMax: limits.shape.answerBytesMax,
      /** How deep plans hold plans; how many steps one step becomes. */
      depthMax: limits.shape.depthMax,
      fanOutMax: limits.shape.fanOutMax,
    })
    .optional(),
  drafting: z
    .strictObject({
      roundsMax: drafting.shape.roundsMax.optional(),
      scoreMin: drafting.shape.scoreMin.optional(),
      /** No further round is begun once drafting has cost this. */
      costUsd: UsdText.optional(),
      stepsMax: drafting.shape.stepsMax,
    })
    .optional(),
  /** Answers to the very same requests, bought before and at most this old, are used again at no cost. */
  cache: z.strictObject(AnswerReuse.shape).optional(),
  /** Who answers the calls of this task; `providers` goes before its providers. */
  strategy: CallStrategy.optional(),
  /** Tools that ask a person each time before they run; those that cannot be taken back ask unless `unsafe` is `run`. */
  gates: z
    .strictObject({ tools: ToolGates.shape.tools.default([]), unsafe: ToolGates.shape.unsafe })
    .optional(),
  /** A model judges results while steps run. `{}` takes what is usual; left out: detectors in code alone watch. */
  judge: z
    .strictObject({
      callsMax: JudgeOptions.shape.callsMax.optional(),
      /** No further judgement is begun once they have cost this. */
      costUsd: UsdText.optional(),
      turnsBetween: JudgeOptions.shape.turnsBetween.optional(),
      strategy: JudgeOptions.shape.strategy,
      /** A change that it wants of an agent: a person is asked (left out), or it is made at once. Tools that the agent had not are always asked about. */
      agentChanges: JudgeOptions.shape.agentChanges,
    })
    .optional(),
})
export type HttpTaskOptions = z.infer<typeof HttpTaskOptions>

/** A plan by a person: a field that we do not know is a mistake that should be heard of. */
const HttpStep = StepOfPlan.extend({ promise: StepPromise.strict() })
const DeepestStep = HttpStep.extend({ subPlan: DeepestSubPlan }).strict()
const HeldStep = HttpStep.extend({ subPlan: subPlanOf(DeepestStep).strict().optional() }).strict()
const HttpPlan = PlanDraft.extend({
  agents: z.array(AgentDraft.strict()).min(1).max(50),
  steps: z
    .array(HttpStep.extend({ subPlan: subPlanOf(HeldStep).strict().optional() }).strict())
    .min(1)
    .max(1_000),
}).strict()

export const HttpNewTask = z.strictObject({
  goal: TaskGoal,
  inputs: z
    .array(HttpInput)
    .max(inputsMax)
    .refine(
      (inputs) => new Set(inputs.map(({ name }) => name)).size === inputs.length,
      'input names differ from each other',
    )
    .default([]),
  options: HttpTaskOptions.default({}),
  /** A team and a plan of your own: drafting is skipped. */
  plan: HttpPlan.nullable().default(null),
})
export type HttpNewTask = z.infer<typeof HttpNewTask>

/** A task's line in a list and in the live topic `tasks`. */
export const TaskLine = TaskSummary.omit({ costNanoUsd: true, limitNanoUsd: true }).extend({
  costUsd: UsdText,
  limitUsd: UsdText.nullable(),
})
export type TaskLine = z.infer<typeof TaskLine>
