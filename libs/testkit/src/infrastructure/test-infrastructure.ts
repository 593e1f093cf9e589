import type { GivenServers } from '@maestro/launcher/start-infrastructure'

export type WantedInfrastructure = {
  /** What is there already. */
  readonly given: GivenServers
  /** Of every user of every server. */
  readonly password: string
}

export type TestInfrastructure = {
  readonly postgresUrl: string
  readonly natsUrl: string
  readonly redisUrl: string
  readonly stop: () => Promise<void>
}
