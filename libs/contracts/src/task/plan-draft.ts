import { z } from 'zod'
import { PlanName } from '../ids.ts'
import { ForEach, heldStepsMax, planDepthMax, Repeat } from './expansion.ts'
import { StepModeDraft } from './step-mode.ts'
import { StepCapsDraft } from './step-caps.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { JsonSchema } from '../llm/chat.ts'
import { Criteria } from './criteria.ts'

// A plan as a Planner or a person writes it: by names. The orchestrator checks it and gives ids.

export const AgentDraft = z.object({
  name: PlanName,
  /** P: how the agent is told to work. */
  prompt: z.string().min(1).max(20_000),
  /** D: what it is for, in a sentence or two. */
  description: z.string().min(1).max(2_000),
  /** T: the only tools it may call. */
  tools: z.array(z.string()).max(20),
  /** S: hints by observers and people. */
  suggestions: z.array(z.string().min(1).max(1_000)).max(20).default([]),
  /** Who answers its calls; what it leaves out is the task's. */
  strategy: CallStrategy.optional(),
  /** Steps of this agent that run at once; left out: as many as the task lets run. */
  parallelMax: z.int().min(1).max(64).optional(),
})
export type AgentDraft = z.infer<typeof AgentDraft>

/** What a step delivers. `from: tool` takes the answer of its last tool call as it is: exact figures are not retyped by a model. */
export const StepPromise = z.object({
  description: z.string().min(1).max(500),
  format: z.enum(['markdown', 'text', 'json']).default('markdown'),
  from: z.enum(['answer', 'tool']).default('answer'),
  /** Of `json`: what the output fits, as far as `checkSchema` of the task model goes. Of a step for each item: each of them. */
  schema: JsonSchema.optional(),
})
export type StepPromise = z.infer<typeof StepPromise>

/**
 * What a step does with an answer that is incomplete. `retry`: the same question again, as the recovery
 * strategies say (the same as nothing); `fall-back`: at the next provider at once; `accept`: what came
 * is the output, if it can be; `fail`: the end of the step.
 */
export const OnIncomplete = z.enum(['retry', 'fall-back', 'accept', 'fail'])
export type OnIncomplete = z.infer<typeof OnIncomplete>

/**
 * What the failure of a step means to the rest. `stop`: nothing more begins, and the task fails; `skip`:
 * what needs it is skipped; `go-on`: what needs it goes on without its output; `wait`: what needs it waits,
 * the rest goes on, and a person is asked.
 */
export const OnFailure = z.enum(['stop', 'skip', 'go-on', 'wait'])
export type OnFailure = z.infer<typeof OnFailure>

/** A step without a plan of its own. */
export const StepOfPlan = z.object({
  name: PlanName,
  title: z.string().min(1).max(120),
  agent: PlanName,
  instruction: z.string().min(1).max(8_000),
  /** Steps whose outputs this one reads; it starts when all of them are done. */
  needs: z.array(PlanName).max(100).default([]),
  /** Names of the task's inputs that this step works on. */
  inputs: z.array(z.string()).max(50).default([]),
  promise: StepPromise,
  /** More attempts after the first one failed. */
  retriesMax: z.int().min(0).max(5).default(1),
  onIncomplete: OnIncomplete.optional(),
  /**
   * A condition in CEL over what its needs delivered: `outputs["count"].total > 10`. `outputs` holds the
   * output of each need by its name, parsed where it promises JSON, else as text; `steps` says of each
   * need whether it is done, skipped or failed. The step is skipped when it does not hold.
   */
  when: z.string().min(1).max(1_000).optional(),
  /** Left out: the task's limits alone hold. */
  /** Left out: `single`. */
  mode: StepModeDraft.optional(),
  caps: StepCapsDraft.optional(),
  /** Left out: `stop` where nobody takes part (autonomy `auto`), else `wait`. */
  onFailure: OnFailure.optional(),
  forEach: ForEach.optional(),
  /** Beside `forEach`: each item is repeated by itself. */
  repeat: Repeat.optional(),
  /** A person is asked before it begins. */
  gate: z.literal(true).optional(),
  /** Who answers its calls, over what its agent and the task say. */
  strategy: CallStrategy.optional(),
})

/** The plan of a step. Agents are those of the whole plan; its steps need each other, and what the step needs. */
export const subPlanOf = <Step extends z.ZodType>(step: Step) =>
  z.object({
    steps: z.array(step).min(1).max(heldStepsMax),
    /** May be left out when only one step is needed by no other. */
    result: PlanName.nullable().default(null),
  })

// Level by level and not by itself: what is deeper than a plan may be is refused before it is read.
export const DeepestSubPlan = z
  .never(`plans stand at most ${planDepthMax} deep in each other`)
  .optional()
const DeepestStep = StepOfPlan.extend({ subPlan: DeepestSubPlan })
const HeldStep = StepOfPlan.extend({ subPlan: subPlanOf(DeepestStep).optional() })

/** With `subPlan` the step is done by a plan of its own: its agent is not asked, what the plan's result delivers is its output. */
export const StepDraft = StepOfPlan.extend({ subPlan: subPlanOf(HeldStep).optional() })
export type StepDraft = z.infer<typeof StepDraft>
export type SubPlanDraft = NonNullable<StepDraft['subPlan']>

export const PlanDraft = z.object({
  agents: z.array(AgentDraft).min(1).max(50),
  steps: z.array(StepDraft).min(1).max(1_000),
  /** The step whose output is the task's result; may be left out when only one step is needed by no other. */
  result: PlanName.nullable().default(null),
  /** Inputs that the plan wants as JSON of a schema, by name. */
  inputSchemas: z.record(z.string(), JsonSchema).optional(),
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** What the Planner says of each finding of the round before. */
export const FindingReply = z.object({
  findingId: z.string().max(80),
  addressed: z.boolean(),
  note: z.string().max(500),
})

/** Whether a single agent would do, and why: a team has to be worth its price. */
export const OneAgent = z.object({ suffices: z.boolean(), why: z.string().max(1_000).default('') })
export type OneAgent = z.infer<typeof OneAgent>

/** What the Planner answers. */
export const PlannerAnswer = z.object({
  /** Who answers its agents' calls, how many of them work at once, what becomes of answers that break off, where a person is asked and what inputs are like is not the Planner's to say; and small models write no plan inside a plan. */
  plan: PlanDraft.omit({ inputSchemas: true }).extend({
    agents: z
      .array(AgentDraft.omit({ strategy: true, parallelMax: true }))
      .min(1)
      .max(50),
    steps: z
      .array(StepOfPlan.omit({ onIncomplete: true, gate: true, strategy: true }))
      .min(1)
      .max(1_000),
  }),
  rationale: z.string().max(4_000).default(''),
  replies: z.array(FindingReply).max(100).default([]),
  oneAgent: OneAgent.optional(),
})
export type PlannerAnswer = z.infer<typeof PlannerAnswer>

export const Finding = z.object({
  severity: z.enum(['blocker', 'major', 'minor']),
  /** What it is about: `agent:<name>`, `step:<name>` or `plan`. */
  target: z.string().max(80),
  text: z.string().min(1).max(1_000),
})
export type Finding = z.infer<typeof Finding>

/** What an observer answers: one typed verdict on one version. */
export const ObserverAnswer = z.object({
  verdict: z.enum(['approve', 'revise']),
  /** 0 to 1. */
  score: z.number().min(0).max(1),
  criteria: Criteria.optional(),
  findings: z.array(Finding).max(50).default([]),
  summary: z.string().max(1_000).default(''),
})
export type ObserverAnswer = z.infer<typeof ObserverAnswer>
