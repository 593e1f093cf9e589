import { exportApprovals } from '@maestro/contracts/task/audit-endpoints'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { EventStore } from '../store/event-store.ts'
import { createExportApprovals } from './export-approvals.ts'

/** What auditors take with them. */
export const auditEndpoints = (from: {
  events: EventStore
  payloads: PayloadStore
}): Implementation[] => [implement(exportApprovals, createExportApprovals(from))]
