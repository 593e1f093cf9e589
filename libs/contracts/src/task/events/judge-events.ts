import { z } from 'zod'
import { CallId, StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { AgentParts } from '../plan-agent.ts'
import {
  JudgedPart,
  JudgementConcern,
  JudgementVerdict,
  Memory,
  ReachedJudgeBound,
} from '../result-judgement.ts'

const Turn = { stepId: StepId, attempt: z.int().positive(), turn: z.int().positive() }

/** What a model says of the results of steps while they run, and what it keeps for later steps. */
export const judgeEventData = {
  /** The step waits for the judge; a call of purpose `observe` is out. */
  JudgementAsked: z.object({
    /** The newest turn that is judged. */
    ...Turn,
    about: JudgedPart,
    /** Of a delivery: what is delivered. */
    output: PayloadRef.nullable(),
    /** 2: to repair an answer that could not be used. */
    ask: z.int().min(1).max(2),
    /** What was wrong with the answer before. */
    repair: z.string().nullable(),
  }),
  ResultJudged: z.object({
    ...Turn,
    callId: CallId,
    about: JudgedPart,
    /** `none`: its answer did not come, or could not be used, and the step goes on as if nobody had been asked. */
    verdict: z.enum([...JudgementVerdict.options, 'none']),
    concern: JudgementConcern,
    reason: z.string().max(1_000),
    words: z.string().max(1_000),
    /** What it would change of the agent. */
    agent: AgentParts.partial().optional(),
    /** Memories that found no room. */
    memoriesLeftOut: z.int().positive().optional(),
  }),
  /** Later steps read it. Who wrote it: the call. */
  MemoryWritten: z.object({ ...Turn, callId: CallId, ...Memory.shape }),
  /** The judge came to its bound: nothing further of the task is judged. */
  JudgeStopped: ReachedJudgeBound,
} as const
