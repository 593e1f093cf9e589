import type { ToolSpec } from '@maestro/contracts/llm/chat'
import { cutText } from './cut-text.ts'
import { toolResultBytesMax, type Tool, type ToolContext } from './tool.ts'
import { ToolProblem } from './tool-problem.ts'

export type ToolRun = { ok: boolean; result: string; latencyMs: number }

export type ToolRegistry = {
  specs: () => readonly ToolSpec[]
  get: (name: string) => Tool | undefined
  /** Why this text is no arguments of the tool; null when it is, or when there is no such tool. */
  problemOf: (call: { tool: string; argumentsText: string }) => string | null
  /**
   * Answers everything that a model can mend with `ok: false` and a JSON text `{"error": …}`.
   * Throws when the context's signal is aborted, and what is ours to mend: an outage is retried by
   * whoever runs effects, not told to a model.
   */
  runTool: (call: { tool: string; argumentsText: string; context: ToolContext }) => Promise<ToolRun>
}

/** Models leave the arguments away where a tool needs none. */
const parseArguments = (tool: string, argumentsText: string): unknown => {
  if (argumentsText.trim() === '') return {}
  try {
    return JSON.parse(argumentsText)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no JSON'
    throw new ToolProblem(
      `The arguments of ${tool} are no JSON (${reason}). Call it again with one JSON object.`,
      {},
      { cause },
    )
  }
}

/** Settles with the work or rejects with the signal's reason, whichever comes first: a tool may not notice its signal. */
const untilAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

export const createToolRegistry = (tools: readonly Tool[]): ToolRegistry => {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  if (byName.size < tools.length) throw new Error('two tools have one name')
  const specs = tools.map(({ name, description, parameters }) => ({
    name,
    description,
    parameters,
  }))

  const answerOf = async (
    name: string,
    argumentsText: string,
    context: ToolContext,
  ): Promise<string> => {
    const tool = byName.get(name)
    if (tool === undefined) {
      throw new ToolProblem(
        `There is no tool ${JSON.stringify(name.slice(0, 100))}; there are: ${[...byName.keys()].join(', ')}.`,
      )
    }
    const args = parseArguments(name, argumentsText)
    const late = AbortSignal.timeout(tool.timeoutMs)
    const signal = AbortSignal.any([context.signal, late])
    try {
      return await untilAborted(tool.run(args, { ...context, signal }), signal)
    } catch (cause) {
      if (!late.aborted || context.signal.aborted) throw cause
      throw new ToolProblem(
        `${name} did not answer within ${tool.timeoutMs / 1000} s. Ask for less at once.`,
        {},
        { cause },
      )
    }
  }

  return {
    specs: () => specs,
    get: (name) => byName.get(name),
    problemOf: ({ tool, argumentsText }) => {
      try {
        return byName.get(tool)?.problemOf(parseArguments(tool, argumentsText)) ?? null
      } catch (error) {
        if (error instanceof ToolProblem) return error.message
        throw error
      }
    },
    runTool: async ({ tool, argumentsText, context }) => {
      const startedAt = performance.now()
      const end = (ok: boolean, result: string): ToolRun => ({
        ok,
        result: cutText(result, toolResultBytesMax),
        latencyMs: Math.round(performance.now() - startedAt),
      })
      context.signal.throwIfAborted()
      try {
        return end(true, await answerOf(tool, argumentsText, context))
      } catch (error) {
        if (!(error instanceof ToolProblem)) throw error
        return end(false, JSON.stringify({ error: error.message, ...error.details }))
      }
    },
  }
}
