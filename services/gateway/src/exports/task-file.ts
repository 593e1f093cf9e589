import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import {
  getOrchestratorPayload,
  getRouterPayload,
} from '@maestro/contracts/payload/payload-endpoints'
import { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { Call } from '@maestro/service-kit/call'
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
  { call, context }: { call: Call; context: RequestContext },
) {
  const line = createTaskLines(sha256)
  const named = new Map<string, PayloadRef>()
  yield line({ format: taskFileFormat, version: taskFileVersion, taskId, at })
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

/** Every reference to a payload, wherever it stands. */
const refsIn = function* (value: unknown): Generator<PayloadRef> {
  if (typeof value !== 'object' || value === null) return
  const ref = PayloadRef.safeParse(value)
  if (ref.success) yield ref.data
  else for (const part of Object.values(value)) yield* refsIn(part)
}

const readWhole = async (
  { service, sha256: hash }: Pick<PayloadRef, 'service' | 'sha256'>,
  call: Call,
  context: RequestContext,
): Promise<Buffer | null> => {
  const endpoint = service === 'orchestrator' ? getOrchestratorPayload : getRouterPayload
  const chunks: Buffer[] = []
  try {
    for (let offset: number | null = 0; offset !== null;) {
      const chunk: { chunkBase64: string; nextOffset: number | null } = await call(
        endpoint,
        { sha256: hash, offset },
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
