import type { StepPromise } from '@maestro/contracts/task/plan-draft'
import { misfitOf } from './misfit-of.ts'

/** It goes into an event, and back to the model. */
const misfitCharactersMax = 2_000

/** Of a step whose output a tool answers: why this is not what it promises. */
export const toolMisfit = (
  text: string,
  ok: boolean,
  promise: StepPromise | undefined,
): { misfit?: string } => {
  if (!ok || promise?.from !== 'tool' || promise.schema === undefined) return {}
  let problem: string | null
  try {
    problem = misfitOf(JSON.parse(text), promise.schema)
  } catch {
    problem = 'The tool answered with what is no JSON, and the step promises JSON of a schema.'
  }
  return problem === null ? {} : { misfit: problem.slice(0, misfitCharactersMax) }
}
