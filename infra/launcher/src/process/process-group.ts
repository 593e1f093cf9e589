import { LaunchFailure } from '../launch-failure.ts'
import {
  type StopOptions,
  type Supervised,
  supervise,
  type SupervisedCommand,
  type SupervisorNews,
} from './supervise.ts'

export type ProcessGroup = {
  readonly start: (command: SupervisedCommand) => Supervised
  readonly list: () => readonly Supervised[]
  readonly get: (name: string) => Supervised
  /** Stops all of them side by side; nothing can be started any more. */
  readonly stop: (options?: StopOptions) => Promise<void>
}

/** Processes that are stopped together. */
export const createProcessGroup = (options: {
  onNews: (news: SupervisorNews) => void
}): ProcessGroup => {
  const members = new Map<string, Supervised>()
  let isStopping = false
  return {
    start: (command) => {
      if (isStopping) throw new LaunchFailure(`${command.name} was stopped`, 'Start it again.')
      const member = supervise(command, options)
      members.set(command.name, member)
      return member
    },
    list: () => [...members.values()],
    get: (name) => {
      const member = members.get(name)
      if (!member)
        throw new Error(`no process ${name}; there are ${[...members.keys()].join(', ')}`)
      return member
    },
    stop: async (stopOptions) => {
      isStopping = true
      await Promise.all([...members.values()].map((member) => member.stop(stopOptions)))
    },
  }
}
