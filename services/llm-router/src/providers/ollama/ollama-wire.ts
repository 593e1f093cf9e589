import { z } from 'zod'

const count = z.int().nonnegative()

/** A line of a stream, or a whole answer: they differ only in how much they hold. */
export const OllamaChunk = z.object({
  model: z.string().optional(),
  message: z
    .object({
      content: z.string().nullish(),
      thinking: z.string().nullish(),
      tool_calls: z
        .array(
          z.object({
            id: z.string().nullish(),
            function: z.object({
              name: z.string(),
              arguments: z.record(z.string(), z.unknown()).nullish(),
            }),
          }),
        )
        .nullish(),
    })
    .optional(),
  done: z.boolean(),
  done_reason: z.string().optional(),
  /** Missing when the whole prompt was cached. */
  prompt_eval_count: count.optional(),
  eval_count: count.optional(),
})

export const OllamaTags = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      details: z.object({ family: z.string().nullish() }).nullish(),
    }),
  ),
})
export type OllamaTags = z.infer<typeof OllamaTags>
