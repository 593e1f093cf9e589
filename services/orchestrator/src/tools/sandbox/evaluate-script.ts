import {
  Scope,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten'
import { limitProblem, lostError } from './limit-problem.ts'
import { createScriptBridge, withoutNul } from './script-bridge.ts'
import { createScriptLog } from './script-log.ts'
import type { ScriptLimits, ScriptOutcome } from './sandbox-messages.ts'

/** Deep enough for real code. QuickJS must notice before the thread's own stack ends, see `sandbox-thread.ts`. */
const stackBytesMax = 256 * 1024

type Evaluation = {
  outcome: ScriptOutcome
  /** False: this instance of QuickJS must not run anything again. */
  reusable: boolean
}

/**
 * As a script, code has the value of its last expression; code that does not compile as one is the body
 * of an async function, which may return and await. Line numbers stay as they are in both.
 */
const programOf = (context: QuickJSContext, code: string): string => {
  const compiled = context.evalCode(code, 'script.js', { type: 'global', compileOnly: true })
  compiled.dispose()
  return compiled.error === undefined ? code : `(async () => {${code}\n})()`
}

/** Runs what promises wait for. A script has no timers, so a promise that is still open then stays open. */
const settle = (context: QuickJSContext, value: QuickJSHandle, isStopped: () => boolean) => {
  const { runtime } = context
  while (runtime.hasPendingJob() && !isStopped()) runtime.executePendingJobs(1_000).dispose()
  return context.getPromiseState(value)
}

const readResult = (marked: string, logs: readonly string[]): ScriptOutcome => {
  const space = marked.indexOf(' ')
  if (space < 0) return { kind: 'value', resultJson: null, cutOfCharacters: null, logs }
  const characters = Number(marked.slice(0, space))
  const resultJson = marked.slice(space + 1)
  const cutOfCharacters = characters > resultJson.length ? characters : null
  return { kind: 'value', resultJson, cutOfCharacters, logs }
}

const evaluateIn = (
  scope: Scope,
  context: QuickJSContext,
  run: {
    code: string
    inputNames: readonly string[]
    readInput: (name: string) => string
    limits: ScriptLimits
    isStopped: () => boolean
    log: { write: (line: string) => void; lines: () => readonly string[] }
  },
): ScriptOutcome => {
  const problem = (words: string): ScriptOutcome => ({
    kind: 'problem',
    problem: words,
    logs: run.log.lines(),
  })
  const { toResult, toThrown } = createScriptBridge({
    scope,
    context,
    inputNames: run.inputNames,
    readInput: run.readInput,
    log: run.log.write,
    resultCharactersMax: run.limits.resultCharactersMax,
  })
  const thrown = (error: QuickJSHandle): ScriptOutcome => {
    const told = scope.manage(context.callFunction(toThrown, context.undefined, error))
    if (told.error !== undefined) return problem(lostError)
    return problem(String(JSON.parse(context.getString(told.value))))
  }

  const program = programOf(context, withoutNul(run.code))
  const ran = scope.manage(context.evalCode(program, 'script.js', { type: 'global' }))
  if (ran.error !== undefined) return thrown(ran.error)
  const state = settle(context, ran.value, run.isStopped)
  if (state.type === 'pending') {
    return problem(
      'The code ended on a promise that nothing settles: there are no timers and no network here.',
    )
  }
  if (state.type === 'rejected') return thrown(scope.manage(state.error))
  // The value of a script that is no promise is the same handle as `ran.value`.
  const value = state.notAPromise === true ? state.value : scope.manage(state.value)
  const json = scope.manage(context.callFunction(toResult, context.undefined, value))
  if (json.error !== undefined) return thrown(json.error)
  return readResult(context.getString(json.value), run.log.lines())
}

/** Runs one script in a runtime of its own. Never throws for what the script did. */
export const evaluateScript = (options: {
  quickJs: QuickJSWASMModule
  code: string
  inputNames: readonly string[]
  readInput: (name: string) => string
  limits: ScriptLimits
  /** Time on a processor so far, of this thread. */
  computedMs: () => number
  /** Whether the memory of this instance is about as large as it may be. */
  isMemoryFull: () => boolean
}): Evaluation => {
  const { quickJs, limits, computedMs, isMemoryFull } = options
  const log = createScriptLog(limits)
  const endsAtMs = computedMs() + limits.computeMsMax
  let stopped = false
  const isStopped = (): boolean => (stopped ||= computedMs() > endsAtMs)

  const runtime = quickJs.newRuntime({ maxStackSizeBytes: stackBytesMax })
  runtime.setInterruptHandler(isStopped)
  const context = runtime.newContext()
  const scope = new Scope()
  let outcome: ScriptOutcome
  try {
    outcome = evaluateIn(scope, context, { ...options, isStopped, log })
  } catch (error) {
    // The engine itself broke off, most likely for want of memory or stack.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    outcome = { kind: 'problem', problem: `${lostError} (${reason})`, logs: log.lines() }
  }
  const told = outcome.kind === 'problem' ? outcome.problem : ''
  const limit = limitProblem({
    code: options.code,
    stopped,
    memoryFull: isMemoryFull(),
    problem: told,
    limits,
  })
  if (limit !== null) {
    outcome = { kind: 'problem', problem: limit, logs: log.lines() }
  }
  // What was broken off is in no state to be taken down: its instance goes as a whole.
  if (limit !== null || told.startsWith(lostError)) return { outcome, reusable: false }
  try {
    scope.dispose()
    context.dispose()
    runtime.dispose()
    return { outcome, reusable: true }
  } catch {
    // QuickJS found something still alive. The answer stands, the instance does not.
    return { outcome, reusable: false }
  }
}
