import type { z } from 'zod'

/** What workers wrote for each other. Null: it is of another version of us, or of nobody. */
export const parseStored = <Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): z.output<Schema> | null => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
