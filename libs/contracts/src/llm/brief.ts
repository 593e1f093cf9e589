import { z } from 'zod'
import { JudgedPart } from '../task/result-judgement.ts'

/**
 * The machine-readable head of every request: the first user message starts with it, as one line
 * `<brief>{…}</brief>`. Models read it as text; `rehearsal`, which has no model, reads it by this
 * schema. After it come blocks: `<goal>…</goal>`, `<instruction>…</instruction>`,
 * `<plan>…</plan>`, `<output step="step_x" title="…">…</output>`, `<version>…</version>`, `<guidance>…</guidance>`,
 * `<memory key="…">…</memory>`, `<delivery>…</delivery>`.
 */
const BriefInput = z.object({ name: z.string(), mediaType: z.string(), bytes: z.int() })

export const BriefFinding = z.object({
  id: z.string(),
  observer: z.string(),
  severity: z.string(),
  target: z.string(),
  text: z.string(),
})

export const Brief = z.discriminatedUnion('purpose', [
  z.object({
    purpose: z.literal('plan'),
    round: z.int().positive(),
    inputs: z.array(BriefInput),
    tools: z.array(z.object({ name: z.string(), description: z.string() })),
    /** Of the version before this one; the Planner says of each whether it was addressed. */
    findings: z.array(BriefFinding),
    /** Parts of the version before that a person keeps as they are: `agent:<name>`, `step:<name>`. */
    locked: z.array(z.string()).optional(),
  }),
  z.object({
    purpose: z.literal('judge-agents'),
    version: z.int().positive(),
    /** The least score that can approve. */
    scoreMin: z.number(),
    inputs: z.array(BriefInput),
  }),
  z.object({
    purpose: z.literal('judge-plan'),
    version: z.int().positive(),
    scoreMin: z.number(),
    inputs: z.array(BriefInput),
  }),
  z.object({
    purpose: z.literal('step'),
    title: z.string(),
    inputs: z.array(BriefInput),
    needs: z.array(z.string()),
    promise: z.object({ description: z.string(), format: z.string(), from: z.string() }),
    turn: z.int().positive(),
    turnsMax: z.int().positive(),
  }),
  /** A version of a step's output is judged, and written anew where it should be better. */
  z.object({
    purpose: z.literal('refine'),
    title: z.string(),
    promise: z.object({ description: z.string(), format: z.string() }),
    version: z.int().positive(),
    round: z.int().positive(),
    roundsMax: z.int().positive(),
  }),
  /** What a step's agent has found so far, or delivers, is judged while the task runs. */
  z.object({
    purpose: z.literal('observe'),
    title: z.string(),
    about: JudgedPart,
    promise: z.object({ description: z.string(), format: z.string(), from: z.string() }),
    /** Those that the agent has. */
    tools: z.array(z.string()),
    /** Those that there are: it may be given them. */
    toolsKnown: z.array(z.string()).optional(),
    turn: z.int().positive(),
    turnsMax: z.int().positive(),
  }),
])
export type Brief = z.infer<typeof Brief>

export const writeBrief = (brief: Brief): string => `<brief>${JSON.stringify(brief)}</brief>\n`

/** @throws {SyntaxError | z.ZodError} when the message does not start with a brief. */
export const readBrief = (message: string): Brief => {
  const end = message.indexOf('</brief>')
  if (!message.startsWith('<brief>') || end < 0) throw new SyntaxError('the message has no brief')
  return Brief.parse(JSON.parse(message.slice('<brief>'.length, end)))
}
