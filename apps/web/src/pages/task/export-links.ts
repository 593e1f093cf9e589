import { exportRoutes } from '@maestro/contracts/gateway/routes/export-routes'
import { toAddress } from '../../api/to-address.ts'

/** The files of a task up to a position; null: up to its head. */
export const exportLinks = (taskId: string, at: number | null) => {
  const link = (path: string, more: Record<string, string> = {}) =>
    toAddress(path, { params: { taskId }, query: { ...more, at: at ?? undefined } })
  const csv = exportRoutes.exportTaskCsv.path
  return [
    { label: 'Report as PDF', href: link(exportRoutes.exportTaskPdf.path) },
    { label: 'Report as Markdown', href: link(exportRoutes.exportTask.path) },
    {
      label: 'The whole task, to import elsewhere',
      href: link(exportRoutes.exportTaskFile.path),
    },
    { label: 'Every event as JSON', href: link(exportRoutes.exportTaskJson.path) },
    { label: 'Events as CSV', href: link(csv) },
    { label: 'Steps as CSV', href: link(csv, { of: 'steps' }) },
    { label: 'Calls and costs as CSV', href: link(csv, { of: 'costs' }) },
  ]
}
