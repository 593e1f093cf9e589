import { createLogger } from '@maestro/service-kit/logger'
import { testRedisUrl } from '@maestro/testkit/infrastructure/test-addresses'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../testing/start-test-system.ts'
import { createSharedCooldowns } from './shared-cooldowns.ts'

test('what one worker is told, the others know within a second or two, and forget in time', async () => {
  const open = async () => {
    const shared = await createSharedCooldowns({
      redisUrl: testRedisUrl(),
      log: createLogger({ service: 'llm-router', copy: 'test', level: 'silent' }),
    })
    onTestFinished(shared.stop)
    return shared
  }
  const [one, other] = await Promise.all([open(), open()])
  const share = () =>
    one.share('gemini', { untilMs: Date.now() + 2_500, reason: 'gemini asks to wait' })
  await eventually('the other one to know', () => {
    // Until the connection stands, nothing is shared.
    share()
    return other.of('gemini')
  })
  await eventually('the other one to forget', () => other.of('gemini') === undefined || undefined)
  expect(other.of('gemini')).toBeUndefined()
})
