import type { Trouble } from '@maestro/contracts/gateway/system-status'
import { z } from 'zod'

/** What a copy says of itself to whoever looks for services (`$SRV.INFO`, `$SRV.STATS`). That protocol knows texts only: empty is none. */
export const CopyMetadata = z.object({
  copy: z.string(),
  trouble: z.string(),
  troubleReason: z.string(),
  troubleSince: z.string(),
})
export type CopyMetadata = z.infer<typeof CopyMetadata>

/** Its texts are made anew whenever somebody asks. */
export const createCopyMetadata = (copy: string, trouble: () => Trouble | null): CopyMetadata => ({
  copy,
  get trouble() {
    return trouble()?.what ?? ''
  },
  get troubleReason() {
    return trouble()?.reason ?? ''
  },
  get troubleSince() {
    return trouble()?.since ?? ''
  },
})

export const troubleFrom = ({
  trouble,
  troubleReason,
  troubleSince,
}: CopyMetadata): Trouble | null =>
  trouble === '' ? null : { what: trouble, reason: troubleReason, since: troubleSince }
