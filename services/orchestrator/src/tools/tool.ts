import { JsonSchema } from '@maestro/contracts/llm/chat'
import type { ToolRepeat } from '@maestro/contracts/task/tool-question'
import { z } from 'zod'
import { ToolProblem } from './tool-problem.ts'

/** What one tool call may see: the inputs of its step, and nothing else of the task. */
export type ToolContext = {
  /** The same however often one call is made again, and never that of another call: what a keyed tool hands on. */
  callKey: string
  inputs: readonly { name: string; mediaType: string; bytes: number }[]
  /** The text of one of `inputs`. What it throws is an outage, not the model's fault. */
  readInput: (name: string) => Promise<string>
  signal: AbortSignal
}

export type Tool = {
  name: string
  description: string
  input: z.ZodType
  parameters: JsonSchema
  repeat: ToolRepeat
  timeoutMs: number
  /** Why these are no arguments of it; null when they are. */
  problemOf: (args: unknown) => string | null
  /** @throws {ToolProblem} for what the caller can mend, wrong arguments included. */
  run: (args: unknown, context: ToolContext) => Promise<string>
}

/** A tool's answer is one text that a model has to read whole: larger ones are cut, and say so. */
export const toolResultBytesMax = 256 * 1024

const argumentsProblem = (tool: string, error: z.ZodError): ToolProblem => {
  const issues = error.issues
    .slice(0, 8)
    .map(
      ({ path, message }) => `${path.length === 0 ? 'the arguments' : path.join('.')}: ${message}`,
    )
  return new ToolProblem(
    `The arguments do not fit ${tool}: ${issues.join('; ')}. Call it again with arguments that fit its schema.`,
  )
}

export const defineTool = <Input extends z.ZodType>(definition: {
  name: string
  description: string
  input: Input
  repeat: ToolRepeat
  timeoutMs: number
  run: (args: z.infer<Input>, context: ToolContext) => Promise<string>
}): Tool => {
  const { $schema: _dialect, ...parameters } = z.toJSONSchema(definition.input, { io: 'input' })
  return {
    ...definition,
    parameters: JsonSchema.parse(parameters),
    problemOf: (args) => {
      const { error } = definition.input.safeParse(args)
      return error ? argumentsProblem(definition.name, error).message : null
    },
    run: async (args, context) => {
      const parsed = definition.input.safeParse(args)
      if (!parsed.success) throw argumentsProblem(definition.name, parsed.error)
      return definition.run(parsed.data, context)
    },
  }
}
