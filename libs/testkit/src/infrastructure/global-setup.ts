import { LaunchFailure } from '@maestro/launcher/launch-failure'
import { dockerAnswers } from './docker-answers.ts'
import { startEmbeddedInfrastructure } from './embedded-infrastructure.ts'

/** Loopback, throwaway data, nothing to protect: the same for everybody. */
const PASSWORD = 'test'

const chooseStart = async () => {
  if (!(await dockerAnswers()))
    return { name: 'embedded servers', start: startEmbeddedInfrastructure }
  // testcontainers takes a second to load, which most machines would wait for in vain.
  const { startContainerInfrastructure } = await import('./container-infrastructure.ts')
  return { name: 'containers', start: startContainerInfrastructure }
}

/** Real NATS, Postgres and Redis for the whole run. Addresses that are set already win. */
export default async function setUp(): Promise<() => Promise<void>> {
  const given = {
    postgresUrl: process.env['TEST_POSTGRES_URL'],
    natsUrl: process.env['TEST_NATS_URL'],
    redisUrl: process.env['TEST_REDIS_URL'],
  }
  const startedAtMs = performance.now()
  const { name, start } = await chooseStart()
  try {
    const { postgresUrl, natsUrl, redisUrl, stop } = await start({ given, password: PASSWORD })
    process.env['TEST_POSTGRES_URL'] = postgresUrl
    process.env['TEST_NATS_URL'] = natsUrl
    process.env['TEST_NATS_PASSWORD'] ??= PASSWORD
    process.env['TEST_REDIS_URL'] = redisUrl
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1)
    process.stdout.write(`tests run on ${name}, ready in ${seconds} s\n`)
    return stop
  } catch (error) {
    if (!(error instanceof LaunchFailure)) throw error
    throw new Error(`${error.message}\n${error.whatToDo}\n${error.logTail}`, { cause: error })
  }
}
