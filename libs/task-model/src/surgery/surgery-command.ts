import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { EditsAsWritten } from './plan-edit.ts'

/** What people do to the plan while it runs. */
export type SurgeryCommand =
  /** `baseVersion`: the one that was seen. */
  | ({ type: 'EditPlan'; baseVersion: number; reason: string } & EditsAsWritten)
  | {
      type: 'UndoPlanEdit'
      baseVersion: number
      /** Null: the version that the newest edit was made of. */
      restore: number | null
      reason: string
      document: PayloadRef
    }
