import { subscribe } from 'node:diagnostics_channel'

// A server that closes a kept connection races with the next request on it, and `fetch` tells that
// failure like any other. Only undici knows which connection a request had; it says so here.

const known = new WeakSet<object>()
const onKept = new WeakSet<object>()
const closedUnheard = new WeakSet<object>()

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const watch = (channel: string, hear: (request: object, said: Record<string, unknown>) => void) =>
  subscribe(channel, (message) => {
    const said = message as Record<string, unknown>
    if (isObject(said['request'])) hear(said['request'], said)
  })

watch('undici:client:sendHeaders', (request, { socket }) => {
  if (!isObject(socket)) return
  if (known.has(socket)) onKept.add(request)
  else known.add(socket)
})
watch('undici:request:headers', (request) => onKept.delete(request))
watch('undici:request:error', (request, { error }) => {
  if (isObject(error) && onKept.has(request)) closedUnheard.add(error)
})

/** Errors wrap each other. */
const depthMax = 6

const closedCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/**
 * Whether a request failed because the connection that it found open from an earlier one was closed
 * before a word of its answer came. That says nothing of who is at the other end, and leaves open
 * whether the request was read there.
 */
export const wasKeptConnectionClosed = (failure: unknown): boolean => {
  let error = failure
  for (let depth = 0; depth < depthMax && error instanceof Error; depth += 1) {
    if ('code' in error && closedCodes.has(String(error.code)) && closedUnheard.has(error))
      return true
    error = error.cause
  }
  return false
}
