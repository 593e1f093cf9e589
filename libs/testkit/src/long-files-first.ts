import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files with little in them that take long: most wait for processes that are killed or for places that are all taken. */
export const longFiles = [
  'services/llm-router/src/router-proof.int.test.ts',
  'services/gateway/src/people-in-control.int.test.ts',
  'services/llm-router/src/fair-shares.int.test.ts',
  'services/gateway/src/pdf/create-pdf-maker.int.test.ts',
  'services/gateway/src/routes/estimate-routes.int.test.ts',
  'services/llm-router/src/router-survives.int.test.ts',
  'services/llm-router/src/places/place-pool.int.test.ts',
] as const

const isLong = ({ moduleId }: TestSpecification): boolean =>
  longFiles.some((file) => moduleId.endsWith(`/${file}`))

/**
 * A clone that never ran has no times to go by, so vitest takes the largest files first. A short file that runs long
 * comes at the end then, and all cores but one wait for it.
 */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
