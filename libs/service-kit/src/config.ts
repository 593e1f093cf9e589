import { z } from 'zod'

/** Reads the environment once, at start. @throws {Error} that lists every problem, so that one restart fixes them all. */
export const loadConfig = <Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.infer<Schema> => {
  const result = schema.safeParse(env)
  if (result.success) return result.data
  throw new Error(`The environment does not fit:\n${z.prettifyError(result.error)}`)
}
