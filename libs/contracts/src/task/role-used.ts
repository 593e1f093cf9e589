import { z } from 'zod'
import { PayloadRef } from '../payload/payload-ref.ts'
import { RoleName } from './draft-role.ts'

/** Which words and which schema a role worked by, so that its answer can be explained when both have changed. */
export const RoleUsed = z.object({
  name: RoleName,
  version: z.int().positive(),
  prompt: PayloadRef,
  schema: PayloadRef,
})
export type RoleUsed = z.infer<typeof RoleUsed>
