import { z } from 'zod'
import { PayloadService, Sha256 } from '../../payload/payload-ref.ts'
import { InputName } from '../../task/task-input.ts'
import { httpRoutesOf } from '../http-route.ts'

export const payloadRoutes = httpRoutesOf({
  getPayload: {
    method: 'GET',
    path: '/api/payloads/:service/:sha256',
    tag: 'payloads',
    summary: 'Content by reference. Immutable: its address is its hash.',
    access: 'owner',
    params: z.object({ service: PayloadService, sha256: Sha256 }),
    /** `name`: what a browser saves it as. */
    query: z.strictObject({ name: InputName.optional() }),
    files: [
      'text/markdown',
      'text/plain',
      'text/csv',
      'application/json',
      'application/octet-stream',
    ],
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
