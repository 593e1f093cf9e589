import { playTape } from '@maestro/contracts/task/tape-endpoints'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { createGate } from '../reactor/gate.ts'
import { createTapeTask } from '../tape/tape-task.ts'

/** In one copy: each holds its task's events, and is played between other work. */
const tapesAtOnce = 2
/** Whoever comes when so many wait is asked to come again: they would not wait for so long anyway. */
const tapesWaitingMax = 4

/** Runs recorded tasks again, from their journals. */
export const tapeEndpoints = (
  from: Omit<Parameters<typeof createTapeTask>[0], 'gate'>,
): Implementation[] => [
  implement(playTape, createTapeTask({ ...from, gate: createGate(tapesAtOnce, tapesWaitingMax) })),
]
