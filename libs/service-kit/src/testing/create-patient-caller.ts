import { type Call, createCaller } from '../call.ts'

/** Longer than any endpoint takes on a machine that does ten other things. */
const timeoutMs = 30_000

/** Asks as `createCaller` does, but waits for an answer as long as a test may: how soon it comes is not what it proves. */
export const createPatientCaller = (options: Parameters<typeof createCaller>[0]): Call => {
  const call = createCaller(options)
  return (endpoint, input, context) => call({ ...endpoint, timeoutMs }, input, context)
}
