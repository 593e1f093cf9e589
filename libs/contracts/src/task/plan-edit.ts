import { z } from 'zod'
import { PlanName } from '../ids.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { AgentDraft, StepDraft, StepPromise } from './plan-draft.ts'

const step = PlanName

/**
 * One change of a plan, as people write it: by names. A list of them is taken as a whole or not at all,
 * one after the other, so that a later one may name what an earlier one has put in.
 */
export const PlanEditDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert-step'), step: StepDraft }),
  z.strictObject({
    kind: z.literal('remove-step'),
    step,
    /** What needs it needs then what it had needed. */
    reconnect: z.boolean().default(false),
  }),
  /** What is left out stays; `when: null` takes the condition away. */
  z.strictObject({
    kind: z.literal('rewire'),
    step,
    needs: StepDraft.shape.needs.unwrap().optional(),
    inputs: StepDraft.shape.inputs.unwrap().optional(),
    when: StepDraft.shape.when.unwrap().nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('reassign'), step, agent: PlanName }),
  z.strictObject({ kind: z.literal('retool'), agent: PlanName, tools: AgentDraft.shape.tools }),
  /** Null: as its agent and its task say. */
  z.strictObject({
    kind: z.literal('change-model'),
    step,
    strategy: CallStrategy.nullable(),
  }),
  z.strictObject({ kind: z.literal('set-gate'), step, gate: z.boolean() }),
  z.strictObject({
    kind: z.literal('instruct'),
    step,
    instruction: StepDraft.shape.instruction,
  }),
  z.strictObject({ kind: z.literal('promise'), step, promise: StepPromise }),
  z.strictObject({ kind: z.literal('add-agent'), agent: AgentDraft }),
  /** Whose output is the task's result. */
  z.strictObject({ kind: z.literal('set-result'), step }),
])
export type PlanEditDraft = z.infer<typeof PlanEditDraft>

/** More is another plan. */
export const editsMax = 50
export const PlanEditDrafts = z
  .array(PlanEditDraft)
  .min(1, 'say what is to be changed')
  .max(editsMax)

export const PlanEditKind = z.enum([
  'insert-step',
  'remove-step',
  'rewire',
  'reassign',
  'retool',
  'change-model',
  'set-gate',
  'instruct',
  'promise',
  'add-agent',
  'set-result',
])
export type PlanEditKind = z.infer<typeof PlanEditKind>

/**
 * Why an edit is refused. `no-such-part`: the plan has no such step or agent; `name-taken`; `has-begun`:
 * it runs, has ended, or has work behind it; `orphans-input`: another step needs it; `is-result`; `cycle`:
 * steps would need each other in a circle; `breaks-plan`: the rules that hold while drafting; `too-much`.
 */
export const EditRule = z.enum([
  'no-such-part',
  'name-taken',
  'has-begun',
  'orphans-input',
  'is-result',
  'cycle',
  'breaks-plan',
  'too-much',
])
export type EditRule = z.infer<typeof EditRule>
