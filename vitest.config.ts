import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongFilesFirst } from './libs/testkit/src/long-files-first.ts'

const never = ['**/node_modules/**', '**/dist/**']
const integration = '**/*.int.test.ts'
const units = '{libs,services,infra,apps,bench,e2e}/**/*'
/** What takes hold of something in the process when it is first used, and is tested for just that. */
const alone = `${units}.alone.test.ts`
/** Vitest leaves one core to whoever watches; nobody does, and a second core is half of what many machines have. */
const unitWorkersMax = availableParallelism()
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
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${units}.test.{ts,tsx}`],
          exclude: [...never, integration, alone],
          // One process for many files: a new one for each, which loads everything again, was most of the time.
          isolate: false,
          maxWorkers: unitWorkersMax,
          sequence: { groupOrder: 1 },
          expect: expectation,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'unit-alone',
          include: [alone],
          exclude: never,
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
          sequence: { groupOrder: 2 },
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
