import { defineConfig } from 'vitest/config'

const never = ['**/node_modules/**', '**/dist/**']
const integration = '**/*.int.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{libs,services,infra,apps,bench}/**/*.test.{ts,tsx}'],
          exclude: [...never, integration],
        },
      },
      {
        test: {
          name: 'int',
          include: [integration],
          exclude: never,
          globalSetup: ['libs/testkit/src/infrastructure/global-setup.ts'],
          pool: 'forks',
          // A slow machine with two cores that runs other things as well.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.ts'],
          exclude: never,
          pool: 'forks',
          // Each of them starts a whole system of its own.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
