import type { payloadRoutes } from '@maestro/contracts/gateway/routes/payload-routes'
import type { Answers } from './answers.ts'
import type { FileSender } from './send-payload.ts'

export const payloadAnswers = ({
  sendPayload,
}: {
  sendPayload: FileSender
}): Answers<typeof payloadRoutes> => ({
  getPayload: async ({ params, query: { name }, context }, reply) => {
    const etag = `"${params.sha256}"`
    const isFresh = reply.request.headers['if-none-match'] === etag
    const body = isFresh ? '' : await sendPayload(reply, params, { name, context })
    void reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable')
    if (isFresh) void reply.status(304)
    return body
  },
})
