import { AppError } from '@maestro/contracts/errors'
import type { HttpRoute } from '@maestro/contracts/gateway/http-route'
import type { Ask } from './ask.ts'
import { toAddress } from './to-address.ts'

/** Sends a file as it lies on the disk. `fetch` does not say how far it is; this does. */
export const sendFile = (
  route: HttpRoute,
  {
    file,
    onSent,
    headers: moreHeaders,
    signal,
    ...ask
  }: Omit<Ask, 'body'> & {
    file: File
    onSent: (bytes: number) => void
    headers: Readonly<Record<string, string>>
  },
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(route.method, toAddress(route.path, ask))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', route.takes ?? 'application/octet-stream')
    for (const [name, value] of Object.entries(moreHeaders)) request.setRequestHeader(name, value)
    let sentBytes = 0
    request.upload.onprogress = ({ loaded }) => {
      sentBytes = loaded
      onSent(loaded)
    }
    request.onload = () => {
      const requestId = request.getResponseHeader('x-request-id')
      const headers = requestId === null ? {} : { 'x-request-id': requestId }
      resolve(new Response(request.responseText, { status: request.status, headers }))
    }
    request.onerror = () =>
      reject(new AppError('UNAVAILABLE', { sentBytes }, { message: 'Maestro does not answer.' }))
    request.onabort = () =>
      reject(new DOMException('The file was not sent to its end.', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
