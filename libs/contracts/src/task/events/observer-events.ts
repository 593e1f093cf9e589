import { z } from 'zod'
import { CallId, StepId } from '../../ids.ts'
import { CallStrategy } from '../../llm/call-strategy.ts'
import { Detector, NoteSeverity, ObserverAct } from '../observer-note.ts'

const Turn = { stepId: StepId, attempt: z.int().positive(), turn: z.int().positive() }

/** What the execution observer sees in the turns of a step, and what it does about it. */
export const observerEventData = {
  ObserverNoted: z.object({
    /** The newest turn that it looked at. */
    ...Turn,
    detector: Detector,
    severity: NoteSeverity,
    /** What it saw and why that matters, for people. */
    text: z.string().max(1_000),
    act: ObserverAct,
    /** Of `retry-elsewhere`: who is asked from then on. */
    strategy: CallStrategy.optional(),
    /** Of what the judge found: its call. */
    callId: CallId.optional(),
  }),
  /** The next turn is told this. */
  RevisionRequested: z.object({ ...Turn, remark: z.string().max(1_000) }),
} as const
