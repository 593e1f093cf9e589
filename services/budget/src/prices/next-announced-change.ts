import type { Price } from './price.ts'

/** When the file says that the price of a model changes next; null: it announces nothing. */
export const nextAnnouncedChange = (
  file: readonly Price[],
  { provider, model }: { provider: string; model: string },
  at: Date,
): Date | null =>
  file
    .filter((price) => price.provider === provider && price.model === model)
    .map(({ validFrom }) => validFrom)
    .filter((validFrom) => validFrom > at)
    .toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
