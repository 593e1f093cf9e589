import { z } from 'zod'
import type { ScriptOutcome } from './sandbox/sandbox-messages.ts'
import type { SandboxPool } from './sandbox/sandbox-pool.ts'
import { defineTool, toolResultBytesMax, type Tool } from './tool.ts'
import { ToolProblem } from './tool-problem.ts'

/** JSON stays JSON: a result that is too large is handed over as the start of its text. */
const answerOf = (outcome: ScriptOutcome & { kind: 'value' }): string => {
  const logs = JSON.stringify(outcome.logs)
  const { resultJson, cutOfCharacters } = outcome
  if (resultJson === null) {
    const note = 'The code gave no value: end it with an expression, or return one.'
    return `{"result":null,"note":${JSON.stringify(note)},"logs":${logs}}`
  }
  const whole = `{"result":${resultJson},"logs":${logs}}`
  if (cutOfCharacters === null && Buffer.byteLength(whole) <= toolResultBytesMax) return whole

  const characters = cutOfCharacters ?? resultJson.length
  const cutAnswer = (resultStart: string): string =>
    JSON.stringify({
      result: null,
      note: `The result is ${characters} characters of JSON, too large to hand over: resultStart has the first ${resultStart.length} of them. Return totals or a part instead.`,
      resultStart,
      logs: outcome.logs,
    })
  let resultStart = resultJson
  let answer = cutAnswer(resultStart)
  while (Buffer.byteLength(answer) > toolResultBytesMax) {
    resultStart = resultStart.slice(0, Math.floor(resultStart.length / 2))
    answer = cutAnswer(resultStart)
  }
  return answer
}

export const createRunJavascript = ({ sandbox }: { sandbox: Pick<SandboxPool, 'run'> }): Tool =>
  defineTool({
    name: 'run_javascript',
    description:
      'Runs JavaScript (ES2023) in a sandbox and answers JSON: {result, logs}. The result is the value of the ' +
      'last expression, or what the code returns; top-level return and await work. `inputs` is the list of ' +
      "the step's input names, `input(name)` gives the whole text of one, `console.log` writes to logs. " +
      'Date and Math.random are there; timers, network, files, modules, require and process are not. ' +
      'Limits: 5 s of computing time, 64 MiB of memory, a result of 256 KiB. Every call starts afresh.',
    input: z.object({
      code: z.string().min(1).max(100_000).describe('The JavaScript code to run.'),
    }),
    // A script has no way to change anything.
    repeat: 'idempotent',
    // A full queue of scripts that all use their whole time on two threads.
    timeoutMs: 180_000,
    run: async ({ code }, context) => {
      const outcome = await sandbox.run({
        code,
        inputNames: context.inputs.map(({ name }) => name),
        readInput: context.readInput,
        signal: context.signal,
      })
      if (outcome.kind === 'value') return answerOf(outcome)
      throw new ToolProblem(
        outcome.problem,
        outcome.logs.length === 0 ? {} : { logs: outcome.logs },
      )
    },
  })
