import { z } from 'zod'
import { AnswerReuse } from '../llm/answer-reuse.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { ProviderName } from '../llm/chat.ts'
import { NanoUsd, nanoUsd } from '../money/nano-usd.ts'
import { planDepthMax } from './expansion.ts'
import { JudgeOptions } from './result-judgement.ts'

export const Autonomy = z.enum(['auto', 'approve-plan', 'approve-steps'])

/** Tool uses that wait for a person before they run. */
export const ToolGates = z.object({
  /** By name. */
  tools: z.array(z.string().min(1).max(120)).max(50),
  /** Tools whose work cannot be taken back: left out, they ask. */
  unsafe: z.enum(['ask', 'run']).optional(),
})

/** How a task may run, with every default filled in. */
export const TaskOptions = z.object({
  autonomy: Autonomy,
  /** Fallback order; empty: what is configured, else rehearsal. */
  providers: z.array(ProviderName).max(4),
  limits: z.object({
    /** Null: only the global limit holds. */
    costNanoUsd: NanoUsd.nullable(),
    /** From creation to end, waiting for people not counted. */
    durationMs: z
      .int()
      .min(1_000)
      .max(7 * 24 * 3_600_000),
    /** Model calls of one attempt of one step. */
    turnsMax: z.int().min(1).max(100),
    stepsParallelMax: z.int().min(1).max(64),
    /** Against runaways; what is left out is as `runawayLimits` says. Tool calls of one attempt of one step. */
    toolCallsMax: z.int().min(1).max(10_000).optional(),
    /** Model calls of the whole task. */
    callsMax: z.int().min(1).max(1_000_000).optional(),
    /** Of all that models and tools said, drafting and earlier attempts included. */
    answerBytesMax: z.int().min(1).optional(),
    /** How deep plans may hold plans; 1: the task's own alone. */
    depthMax: z.int().min(1).max(planDepthMax).optional(),
    /** Items, rounds or steps that one step may become. */
    fanOutMax: z.int().min(1).max(1_000).optional(),
  }),
  drafting: z.object({
    roundsMax: z.int().min(1).max(10),
    scoreMin: z.number().min(0).max(1),
    /** No further round is begun once drafting has cost this; left out: only the rounds bound it. */
    costNanoUsd: NanoUsd.optional(),
    /** Of a plan that the Planner proposes; left out: what a plan can hold. */
    stepsMax: z.int().min(1).max(1_000).optional(),
  }),
  /** Left out: every model call is made anew. */
  cache: AnswerReuse.optional(),
  /** For all calls of the task, where an agent has none of its own; `providers` above goes before its providers. */
  strategy: CallStrategy.optional(),
  gates: ToolGates.optional(),
  /** A model that judges results while steps run. Left out: detectors in code alone watch. */
  judge: JudgeOptions.optional(),
})
export type TaskOptions = z.infer<typeof TaskOptions>

/** Far beyond any honest task: a plan of a thousand steps, each with all its turns, fits. */
export const runawayLimits = {
  toolCallsMax: 500,
  callsMax: 20_000,
  answerBytesMax: 256 * 1024 * 1024,
  depthMax: planDepthMax,
  fanOutMax: 1_000,
} as const

export const defaultTaskOptions: TaskOptions = {
  autonomy: 'auto',
  providers: [],
  limits: { costNanoUsd: null, durationMs: 3_600_000, turnsMax: 12, stepsParallelMax: 8 },
  drafting: { roundsMax: 4, scoreMin: 0.8 },
}

/** What a judge may do that a task asks for without saying more: a small model reads some twenty results for five cents. */
export const defaultJudgeOptions: JudgeOptions = {
  callsMax: 20,
  costNanoUsd: nanoUsd(50_000_000),
  turnsBetween: 4,
}
