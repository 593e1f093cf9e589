import { dropTaskFile, importTask } from '@maestro/contracts/task/import-endpoints'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { createImportTask } from '../import/import-task.ts'
import { createGate } from '../reactor/gate.ts'

/** In one copy: each holds the state of its task, and reads its file twice. */
const importsAtOnce = 1
/** Whoever comes when so many wait is asked to come again. */
const importsWaitingMax = 4

/** Takes tasks that ran in other Maestros. */
export const importEndpoints = (
  from: Omit<Parameters<typeof createImportTask>[0], 'gate'>,
): Implementation[] => [
  implement(
    importTask,
    createImportTask({ ...from, gate: createGate(importsAtOnce, importsWaitingMax) }),
  ),
  implement(dropTaskFile, async ({ parts, olderThanMs }) => {
    await from.payloads.drop(parts, olderThanMs)
    return {}
  }),
]
