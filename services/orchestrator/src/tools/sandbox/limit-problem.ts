import type { ScriptLimits } from './sandbox-messages.ts'

/** Why code failed in a way that QuickJS itself could not put into words. */
export const lostError = 'The code failed and left no error that can be read.'

/** What to do about a limit of the sandbox, where the error of QuickJS says too little; null when it is none of them. */
export const limitProblem = (facts: {
  code: string
  stopped: boolean
  memoryFull: boolean
  problem: string
  limits: Pick<ScriptLimits, 'computeMsMax'>
}): string | null => {
  const { code, stopped, memoryFull, problem, limits } = facts
  if (stopped) {
    return `The code ran for more than ${limits.computeMsMax / 1000} s and was stopped. Do less in one call, or use built-in functions such as split and indexOf instead of loops over characters.`
  }
  // Without memory for an error object, QuickJS throws null.
  const unsaid = problem === 'The code threw null' || problem.startsWith(lostError)
  if (problem.startsWith('InternalError: out of memory') || (memoryFull && unsaid)) {
    return 'The code needed more than the 64 MiB of memory that it has. Keep less at once: work line by line, and keep totals instead of copies.'
  }
  if (problem.startsWith('InternalError: stack overflow')) {
    return `The code calls itself too deeply; use a loop instead. ${problem}`
  }
  if (problem.startsWith('SyntaxError') && /^\s*(?:import|export)\b/m.test(code)) {
    return `There are no modules here: write the code without import and export. ${problem}`
  }
  return null
}
