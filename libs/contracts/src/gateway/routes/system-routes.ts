import { z } from 'zod'
import { httpRoutesOf } from '../http-route.ts'
import { SystemStatus } from '../system-status.ts'

const tag = 'system'
const Description = z.record(z.string(), z.unknown())

export const systemRoutes = httpRoutesOf({
  getHealth: {
    method: 'GET',
    path: '/api/system/health',
    tag,
    summary:
      'For probes: answers 200 while the gateway can reach the bus and the bus takes what services publish, else 503.',
    access: 'open',
    answer: z.object({ status: z.literal('ok') }),
    status: 200,
    keyed: false,
    errors: [],
  },
  getStatus: {
    method: 'GET',
    path: '/api/system/status',
    tag,
    summary:
      'Every running copy of every service with what troubles it, and what waits in the streams.',
    access: 'owner',
    answer: SystemStatus,
    status: 200,
    keyed: false,
    errors: [],
  },
  getOpenApi: {
    method: 'GET',
    path: '/api/openapi.json',
    tag,
    summary: 'This interface as OpenAPI.',
    access: 'open',
    answer: Description,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  getAsyncApi: {
    method: 'GET',
    path: '/api/asyncapi.json',
    tag,
    summary: 'The bus and the live feed as AsyncAPI.',
    access: 'open',
    answer: Description,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
