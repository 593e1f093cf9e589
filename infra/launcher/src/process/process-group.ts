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
  /** Stops all of them side by side; nothing can be started any more. */
  readonly stop: (options?: StopOptions) => Promise<void>
}

/** Processes that are stopped together. */
export const createProcessGroup = (options: {
  onNews: (news: SupervisorNews) => void
}): ProcessGroup => {
  const members: Supervised[] = []
  let isStopping = false
  return {
    start: (command) => {
      if (isStopping) throw new LaunchFailure(`${command.name} was stopped`, 'Start it again.')
      const member = supervise(command, options)
      members.push(member)
      return member
    },
    list: () => members,
    stop: async (stopOptions) => {
      isStopping = true
      await Promise.all(members.map((member) => member.stop(stopOptions)))
    },
  }
}
