import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const never = ['**/node_modules/**', '**/dist/**']
const integration = '**/*.int.test.ts'
/** Integration tests wait most of their time, for servers that come back and for leases that end: more of them than cores. */
const integrationWorkersMax = Math.max(4, availableParallelism())
/** Vitest polls for a second unless told otherwise, which a busy machine takes for one step. */
const expectation = { poll: { timeout: 20_000 } }

/** Test files of which each starts a whole system of its own. */
const wholeSystems = {
  exclude: never,
  pool: 'forks',
  fileParallelism: false,
  expect: expectation,
  testTimeout: 300_000,
  hookTimeout: 300_000,
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{libs,services,infra,apps,bench,e2e}/**/*.test.{ts,tsx}'],
          exclude: [...never, integration],
          expect: expectation,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          include: [integration],
          exclude: never,
          globalSetup: ['libs/testkit/src/infrastructure/global-setup.ts'],
          pool: 'forks',
          maxWorkers: integrationWorkersMax,
          expect: expectation,
          // A slow machine with two cores that runs other things as well.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.ts'],
          ...wholeSystems,
        },
      },
      {
        test: {
          name: 'browser',
          // All that is seen in a browser, and nothing else; `npm test` leaves out what takes minutes.
          include: ['apps/web/e2e/*.{e2e,browser}.ts'],
          env: { MAESTRO_BROWSER_TESTS: 'all' },
          ...wholeSystems,
        },
      },
    ],
  },
})
