import { openStablePorts } from '@maestro/launcher/home/stable-ports'
import { createProcessGroup } from '@maestro/launcher/process/process-group'
import { startInfrastructure } from '@maestro/launcher/start-infrastructure'
import { join } from 'node:path'
import type { TestInfrastructure, WantedInfrastructure } from './test-infrastructure.ts'
import { throwawayFolder } from './throwaway-folder.ts'

/** Servers of our own on free ports, whose data are thrown away. */
export const startEmbeddedInfrastructure = async ({
  given,
  password,
}: WantedInfrastructure): Promise<TestInfrastructure> => {
  const folder = throwawayFolder()
  const processes = createProcessGroup({ onNews: () => undefined })
  const stop = async () => {
    await processes.stop()
    folder.remove()
  }
  try {
    const { postgresUrl, natsUrl, redisUrl } = await startInfrastructure({
      home: folder.path,
      given,
      secretOf: () => password,
      portOf: openStablePorts(join(folder.path, 'ports.json')),
      isDurable: false,
      withAdmin: true,
      start: processes.start,
    })
    return { postgresUrl, natsUrl, redisUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
