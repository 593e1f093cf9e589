import { AppError } from '@maestro/contracts/errors'
import { putPayload } from '@maestro/contracts/payload/payload-endpoints'
import { payloadChunkBytesMax, type PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { TaskInput } from '@maestro/contracts/task/task-input'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { sha256Of } from '../sessions/token-check.ts'
import type { ReadInput } from './read-inputs.ts'

/** Hands input files to the orchestrator, in chunks, and returns their references. */
export type UploadInputs = (
  inputs: readonly ReadInput[],
  context: RequestContext,
) => Promise<TaskInput[]>

export const createInputUpload = ({ call }: { call: Call }): UploadInputs => {
  const running = new Map<string, Promise<PayloadRef>>()

  const upload = async (
    sha256: string,
    { content, mediaType }: ReadInput,
    context: RequestContext,
  ) => {
    let offset = 0
    for (;;) {
      const chunk = content.subarray(offset, offset + payloadChunkBytesMax)
      const { ref } = await call(
        putPayload,
        {
          sha256,
          bytes: content.length,
          mediaType,
          offset,
          chunkBase64: chunk.toString('base64'),
        },
        context,
      )
      if (ref !== null) return ref
      offset += chunk.length
      if (offset >= content.length) {
        throw new AppError('UNAVAILABLE', { reason: 'the upload did not come to its end', sha256 })
      }
    }
  }

  return async (inputs, context) => {
    const uploaded: TaskInput[] = []
    // One after the other: a request holds at most one chunk on the bus at a time.
    for (const input of inputs) {
      const sha256 = sha256Of(input.content)
      // Tasks that are submitted together often carry the same file: they share one upload.
      const content =
        running.get(sha256) ?? upload(sha256, input, context).finally(() => running.delete(sha256))
      running.set(sha256, content)
      uploaded.push({ name: input.name, mediaType: input.mediaType, content: await content })
    }
    return uploaded
  }
}
