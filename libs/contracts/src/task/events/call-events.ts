import { z } from 'zod'
import { CallId, StepId, ToolCallId } from '../../ids.ts'
import { CallFacts, FailureClass } from '../../llm/call-facts.ts'
import { CallPurpose } from '../../llm/call-work.ts'
import { AskPerson } from '../../llm/incomplete.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { AskedRequest } from '../asked-request.ts'
import { IncompleteAnswer } from '../incomplete-answer.ts'
import { RoleUsed } from '../role-used.ts'
import { ToolRepeat } from '../tool-question.ts'

/** Which call produced this. */
const Call = { callId: CallId, purpose: CallPurpose }

/** What model calls brought. */
export const callEventData = {
  CallFinished: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    turn: z.int().positive(),
    answer: PayloadRef,
    /** What the answer asks for; empty when it is the output. */
    toolCalls: z.array(
      z.object({
        toolCallId: ToolCallId,
        tool: z.string(),
        arguments: PayloadRef,
        /** The tool's word on running it again. */
        repeat: ToolRepeat.optional(),
        /** The arguments break the tool's schema: why, and what the agent is told. */
        misfit: z.object({ reason: z.string(), result: PayloadRef }).optional(),
      }),
    ),
    /** The text of the answer, when it has one. */
    text: PayloadRef.nullable(),
    facts: CallFacts,
    /** Left out: the answer is whole. */
    incomplete: IncompleteAnswer.optional(),
    /** Of a call of the drafting, or of the judge: what its role was told. */
    role: RoleUsed.optional(),
    asked: AskedRequest.optional(),
  }),
  CallFailed: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    turn: z.int().positive(),
    failureClass: FailureClass,
    message: z.string(),
    facts: CallFacts,
    /** A person has to say how it goes on. */
    ask: AskPerson.optional(),
    /** Left out: nothing was asked of a model. */
    asked: AskedRequest.optional(),
  }),
  /** An attempt was in flight when its worker died; it was booked at its estimate. */
  CallLost: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    costNanoUsd: z.int().nonnegative(),
  }),
  /** The answer did not fit its schema; one repair is asked for, then the step or the drafting fails, or the step goes on unjudged. */
  AnswerRefused: z.object({ ...Call, stepId: StepId.nullable(), problem: z.string() }),
} as const
