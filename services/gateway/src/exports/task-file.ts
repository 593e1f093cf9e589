import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { refsIn } from '@maestro/contracts/payload/refs-in'
import type { Call } from '@maestro/service-kit/call'
import { readPayloadChunk } from '@maestro/service-kit/read-payload-chunk'
import type { RequestContext } from '@maestro/service-kit/request-context'
import {
  createTaskLines,
  taskFileFormat,
  taskFileVersion,
} from '@maestro/contracts/task-file/task-lines'
import type { TaskHistory } from './task-history.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A task as one file: its events, and every text that they name. No more than a page of events or one text is in memory. */
export const taskFile = async function* (
  taskId: TaskId,
  { at, pages }: TaskHistory,
  {
    call,
    context,
    from,
  }: {
    call: Call
    context: RequestContext
    /** Where this Maestro is reached, as far as it knows. */
    from: string | undefined
  },
) {
  const line = createTaskLines(sha256)
  const named = new Map<string, PayloadRef>()
  const exportedAt = new Date().toISOString()
  yield line({ format: taskFileFormat, version: taskFileVersion, taskId, at, exportedAt, from })
  let events = 0
  for await (const page of pages()) {
    for (const event of page) {
      for (const ref of refsIn(event.data)) named.set(ref.sha256, ref)
      events += 1
    }
    yield page.map((event) => line({ event })).join('')
  }
  let payloads = 0
  for (const { preview: _inTheEvents, ...payload } of named.values()) {
    const content = await readWhole(payload, call, context)
    // The file says what is not there any more.
    if (content === null) yield line({ missing: payload })
    else {
      payloads += 1
      yield line(
        isUtf8(content)
          ? { payload, text: content.toString('utf8') }
          : { payload, base64: content.toString('base64') },
      )
    }
  }
  yield line({ end: { events, payloads, missing: named.size - payloads } })
}

const readWhole = async (
  ref: Pick<PayloadRef, 'service' | 'sha256'>,
  call: Call,
  context: RequestContext,
): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  try {
    for (let offset: number | null = 0; offset !== null;) {
      const chunk: { chunkBase64: string; nextOffset: number | null } = await readPayloadChunk(
        call,
        ref,
        offset,
        context,
      )
      chunks.push(Buffer.from(chunk.chunkBase64, 'base64'))
      offset = chunk.nextOffset
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
  return Buffer.concat(chunks)
}
