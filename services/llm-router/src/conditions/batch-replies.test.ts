import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { batchReplies } from './batch-replies.ts'

test('a batch to a Redis that is away fails, instead of looking as if it had nothing to tell', async () => {
  // Port 1: nobody listens there.
  const redis = new Redis('redis://127.0.0.1:1', {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  })
  redis.on('error', () => undefined)
  const replies = await redis.pipeline().hset('key', 'field', '1').exec()
  expect(() => batchReplies(replies)).toThrow()
  redis.disconnect()
})

test('replies come in the order of their commands', () => {
  expect(
    batchReplies([
      [null, 'one'],
      [null, 2],
    ]),
  ).toEqual(['one', 2])
  expect(batchReplies(null)).toEqual([])
})
