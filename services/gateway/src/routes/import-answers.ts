import {
  type importRoutes,
  taskFileMediaType,
} from '@maestro/contracts/gateway/routes/import-routes'
import { importTask, taskFileBytesMax } from '@maestro/contracts/task/import-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { uploadParts } from '../imports/upload-parts.ts'
import type { Answers } from './answers.ts'

export const importAnswers = ({ call }: { call: Call }): Answers<typeof importRoutes> => ({
  importTask: async ({ body, context }) => {
    const bounds = { mediaType: taskFileMediaType, bytesMax: taskFileBytesMax }
    const parts = await uploadParts(body, { call, context, ...bounds })
    return call(importTask, { parts }, context)
  },
})
