import type { SupervisedCommand } from '../process/supervise.ts'

/** A server of our own: how to start it, and how to reach it. */
export type EmbeddedServer = {
  readonly command: SupervisedCommand
  readonly port: number
  readonly version: string
}
