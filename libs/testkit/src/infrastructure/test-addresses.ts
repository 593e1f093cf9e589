/** Where the infrastructure of this test run is. Set by the global set-up of the project `int`, or by you. */
const required = (name: string): string => {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is not set: run the test in the vitest project \`int\``)
}

export const testPostgresUrl = (): string => required('TEST_POSTGRES_URL')
export const testRedisUrl = (): string => required('TEST_REDIS_URL')

/** The environment with which a service (or `admin`, who may do everything) connects to NATS in a test. */
export const testNatsEnv = (user: string) => ({
  NATS_URL: required('TEST_NATS_URL'),
  NATS_USER: user,
  NATS_PASSWORD: required('TEST_NATS_PASSWORD'),
  NATS_INBOX_PREFIX: `_INBOX_${user}`,
})
