import { AppError } from '@maestro/contracts/errors'
import {
  getOrchestratorPayload,
  getRouterPayload,
} from '@maestro/contracts/payload/payload-endpoints'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { z } from 'zod'
import type { Call } from './call.ts'
import type { RequestContext } from './request-context.ts'

type Chunk = z.infer<typeof getOrchestratorPayload.output>

/**
 * One chunk of a payload from the service that keeps it. Texts of an imported task are all kept by the orchestrator,
 * whoever made them elsewhere: what llm-router does not have, or cannot say, is looked for there.
 * @throws {AppError} `NOT_FOUND`.
 */
export const readPayloadChunk = async (
  call: Call,
  { service, sha256 }: Pick<PayloadRef, 'service' | 'sha256'>,
  offset: number,
  context?: Partial<RequestContext>,
): Promise<Chunk> => {
  const fromOrchestrator = () => call(getOrchestratorPayload, { sha256, offset }, context)
  if (service === 'orchestrator') return fromOrchestrator()
  try {
    return await call(getRouterPayload, { sha256, offset }, context)
  } catch (error) {
    if (!mayBeElsewhere(error)) throw error
    return fromOrchestrator().catch(() => {
      throw error
    })
  }
}

const mayBeElsewhere = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'UNAVAILABLE')
