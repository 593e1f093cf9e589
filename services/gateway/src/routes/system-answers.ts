import { AppError } from '@maestro/contracts/errors'
import type { systemRoutes } from '@maestro/contracts/gateway/routes/system-routes'
import { readFile } from 'node:fs/promises'
import type { SystemReader } from '../system/system-reader.ts'
import type { Answers } from './answers.ts'

export const systemAnswers = ({
  system,
  descriptions,
}: {
  system: SystemReader
  /** Where the generated descriptions lie. */
  descriptions: string
}): Answers<typeof systemRoutes> => {
  const read = async (name: string): Promise<Record<string, unknown>> => {
    try {
      return JSON.parse(await readFile(`${descriptions}/${name}`, 'utf8'))
    } catch (cause) {
      throw new AppError('NOT_FOUND', { reason: 'run `npm run generate` first' }, { cause })
    }
  }
  return {
    getHealth: async () => {
      if (!system.isConnected()) {
        throw new AppError('UNAVAILABLE', { reason: 'the bus (NATS) cannot be reached' })
      }
      const troubled = await system.troubled()
      if (troubled.length > 0) {
        // Why, is for those who may read the status.
        throw new AppError('UNAVAILABLE', {
          reason: 'the bus (NATS) does not take what services publish',
          copies: troubled.map(({ service, copy }) => copy || service),
        })
      }
      return { status: 'ok' }
    },
    getStatus: () => system.status(),
    getOpenApi: () => read('openapi.json'),
    getAsyncApi: () => read('asyncapi.json'),
  }
}
