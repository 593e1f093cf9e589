import type { ServiceName } from '@maestro/contracts/endpoint'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'

export type KilledCopies = {
  readonly kills: () => number
  /** kill -9 of one of them at random; the same copy starts again at once. */
  readonly killOne: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Copies of a service as processes of their own, for a proof that ends them as crashes would. */
export const startCopies = async (
  service: ServiceName,
  count: number,
  envOf: (copy: string) => Readonly<Record<string, string>>,
): Promise<KilledCopies> => {
  const names = Array.from({ length: count }, (_, index) => `${service}-${index + 1}`)
  const startOnce = (name: string) =>
    startServiceProcess(service, { ...envOf(name), COPY_NAME: name })
  // On a machine that does ten other things a start may take too long; what is shown is not how long.
  const start = (name: string) => startOnce(name).catch(() => startOnce(name))
  const running = new Map<string, ServiceProcess>()
  await Promise.all(names.map(async (name) => running.set(name, await start(name))))
  let kills = 0
  return {
    kills: () => kills,
    killOne: async () => {
      const name = names[Math.floor(Math.random() * names.length)] ?? ''
      const copy = running.get(name)
      if (copy === undefined) return
      running.delete(name)
      kills += 1
      await copy.kill9()
      running.set(name, await start(name))
    },
    stop: async () => {
      await Promise.all([...running.values()].map((copy) => copy.stop()))
    },
  }
}
