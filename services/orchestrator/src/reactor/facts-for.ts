import { createContext, Script } from 'node:vm'
import { nameOfStep } from '@maestro/contracts/ids'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { ConditionFacts } from '@maestro/task-model/plan/condition-environment'
import { outputsReadBy } from '@maestro/task-model/plan/condition-syntax'
import type { BornTask, Step } from '@maestro/task-model/task'

/** Of all outputs that an expression reads: it is evaluated between other work, in milliseconds. */
export const outputBytesMax = 256 * 1024
/** Hundreds of times what an honest expression takes: nothing else runs in this copy meanwhile. */
const evaluateMsMax = 1_000
/** What is answered then; on another day it may be another answer. */
export const tookTooLong = `it took more than ${evaluateMsMax / 1_000} s`

export type FoundFacts = { facts: ConditionFacts; problem: null } | { facts: null; problem: string }

/** What an expression of this step may look at: of its needs the outputs that it reads, and how they ended. */
export const factsFor = async (
  text: string,
  { needs }: Step,
  { steps }: BornTask,
  payloads: PayloadReader,
): Promise<FoundFacts> => {
  const needed = needs.flatMap((need) => steps[need] ?? [])
  const named = outputsReadBy(text)
  const read = needed.filter(({ stepId }) => named === null || named.has(nameOfStep(stepId)))
  const bytes = read.reduce((sum, { output }) => sum + (output?.bytes ?? 0), 0)
  if (bytes > outputBytesMax) return { facts: null, problem: tooLong(bytes) }
  const outputs: [string, unknown][] = []
  for (const need of read) {
    if (need.output === null) continue
    const found = outputValue(need, await payloads.readText(need.output))
    if (found === null) {
      return { facts: null, problem: `"${need.title}" promised JSON, and its output is none` }
    }
    outputs.push([nameOfStep(need.stepId), found.value])
  }
  const ends = needed.map(({ stepId, status }) => [nameOfStep(stepId), status])
  const facts = { outputs: Object.fromEntries(outputs), steps: Object.fromEntries(ends) }
  return { facts, problem: null }
}

export const tooLong = (bytes: number): string =>
  `the outputs that it reads have ${bytes} bytes; ${outputBytesMax} can be read`

/** Parsed where the step delivers JSON, else as it is; null where that is none. A list of outputs is always JSON. */
export const outputValue = (
  { promise, forEach }: Step,
  text: string,
): { value: unknown } | null => {
  if (promise.format !== 'json' && forEach === undefined) return { value: text }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

const frame = { run: (): unknown => null }
createContext(frame)
const callRun = new Script('run()')

/** An expression ends by itself, and on some outputs not soon. The time that a script may take holds for all that it calls. */
export const evaluateInTime = <Result>(
  run: () => Result,
): { result: Result; problem: null } | { result: null; problem: string } => {
  frame.run = run
  try {
    const result = callRun.runInContext(frame, { timeout: evaluateMsMax }) as Result
    return { result, problem: null }
  } catch {
    // Whatever else goes wrong in it is part of its result already.
    return { result: null, problem: tookTooLong }
  }
}
