import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { playTape, Tape, TapeChanges } from '../../task/tape-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

export const tapeRoutes = httpRoutesOf({
  playTape: {
    method: 'POST',
    path: '/api/tasks/:taskId/tape',
    tag: 'history',
    summary: playTape.summary,
    access: 'owner',
    params: z.object({ taskId: TaskId }),
    body: z.strictObject({ changes: TapeChanges.default({}) }).prefault({}),
    answer: Tape,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE'],
  },
})
