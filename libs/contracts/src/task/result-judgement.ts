import { z } from 'zod'
import { CallStrategy } from '../llm/call-strategy.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { ProposedAgent } from './agent-changes.ts'

/** What the judge looks at: what an agent has found so far, or what it delivers. */
export const JudgedPart = z.enum(['turns', 'delivery'])
export type JudgedPart = z.infer<typeof JudgedPart>

/**
 * What the judge wants. `ok`: nothing; `note`: that people know; `revise`: that the agent is told and goes
 * on; `retry-elsewhere`: a new attempt, answered by others; `ask-person`: that a person says how it goes on;
 * `change-plan`: that people read what it would change of the plan; `change-agent`: that the agent is told
 * or given something else from its next attempt on.
 */
export const JudgementVerdict = z.enum([
  'ok',
  'note',
  'revise',
  'retry-elsewhere',
  'ask-person',
  'change-plan',
  'change-agent',
])
export type JudgementVerdict = z.infer<typeof JudgementVerdict>

/** What is wrong: the promise, facts that nothing shows, an agent that does not get on, or one that does what it is not there for. */
export const JudgementConcern = z.enum(['promise', 'facts', 'progress', 'drift', 'other'])
export type JudgementConcern = z.infer<typeof JudgementConcern>

/** Of one judgement. */
export const memoriesPerJudgementMax = 5

/** Something that later steps should know. */
export const Memory = z.object({
  /** What it is about; a later one under the same key stands in its place. */
  key: z.string().min(1).max(60),
  text: z.string().min(1).max(400),
})
export type Memory = z.infer<typeof Memory>

/** What the judge answers: one typed verdict on one result. */
export const JudgeAnswer = z.object({
  verdict: JudgementVerdict,
  concern: JudgementConcern.default('other'),
  /** Why, for people. */
  reason: z.string().max(1_000).default(''),
  /** What the agent is told, the person is asked, or would be changed of the plan. */
  words: z.string().max(1_000).default(''),
  /** Of `change-agent`: the parts that would be others, whole. */
  agent: ProposedAgent.nullish(),
  memories: z.array(Memory).max(memoriesPerJudgementMax).default([]),
})
export type JudgeAnswer = z.infer<typeof JudgeAnswer>

/** How much a task lets its judge do. */
export const JudgeOptions = z.object({
  /** Judgements of the whole task, repairs included. */
  callsMax: z.int().min(1).max(10_000),
  /** No further judgement is begun once they have cost this. */
  costNanoUsd: NanoUsd,
  /** It looks at an agent that has not delivered each time after so many turns. */
  turnsBetween: z.int().min(1).max(100),
  /** Who judges, over what the task says. */
  strategy: CallStrategy.optional(),
  /** What becomes of a change that it wants of an agent. Left out: a person is asked. One that gives an agent tools that it had not is always asked about. */
  agentChanges: z.enum(['ask', 'apply']).optional(),
})
export type JudgeOptions = z.infer<typeof JudgeOptions>

/** Which of its bounds the judge came to. */
export const ReachedJudgeBound = z.object({
  bound: z.enum(['calls', 'money']),
  max: z.int().nonnegative(),
  reached: z.int().nonnegative(),
})
export type ReachedJudgeBound = z.infer<typeof ReachedJudgeBound>
