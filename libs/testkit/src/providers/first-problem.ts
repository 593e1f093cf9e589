import type { z } from 'zod'

/** The first problem of a request, as the providers name it. */
export const firstProblem = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return issue === undefined ? 'invalid request' : `${issue.path.join('.')}: ${issue.message}`
}
