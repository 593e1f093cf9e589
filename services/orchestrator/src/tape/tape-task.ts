import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { type Tape, type TapeChanges, tapeEventsMax } from '@maestro/contracts/task/tape-endpoints'
import { eventsPerReadMax } from '@maestro/contracts/task/task-endpoints'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { Gate } from '../reactor/gate.ts'
import { rolesTold } from '../roles/roles-told.ts'
import { mustBeKnown } from '../store/event-row.ts'
import type { EventStore } from '../store/event-store.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'
import { playTape } from './play-tape.ts'

/** Plays the tape of a stored task. @throws {AppError} `NOT_FOUND`, `INVALID_INPUT` for changes of what there is not, `PAYLOAD_TOO_LARGE`. */
export const createTapeTask =
  ({
    events,
    payloads,
    registry,
    gate,
  }: {
    events: EventStore
    payloads: PayloadReader
    registry: Pick<ToolRegistry, 'specs' | 'get' | 'problemOf'>
    /** Bounds the tapes that are played at once: each holds all events of its task. */
    gate: Gate
  }) =>
  ({ taskId, changes }: { taskId: TaskId; changes: TapeChanges }): Promise<Tape> =>
    gate(async () => {
      const { roles = {}, prompts = {} } = changes
      const told = rolesTold(roles)
      const recorded = await readAll(events, taskId)
      const [first, ...others] = recorded
      if (first === undefined) throw new AppError('NOT_FOUND', { kind: 'task', taskId })
      mustBeKnown(recorded)
      mustBeAgents(Object.keys(prompts), recorded)
      const texts = Object.entries(prompts).map(
        ([name, text]) => [name, payloadOf('orchestrator', text, 'text/markdown').ref] as const,
      )
      const world = { payloads, registry, roles: told, prompts: new Map(texts) }
      return playTape([first, ...others], world)
    })

const readAll = async (events: EventStore, taskId: TaskId): Promise<readonly TaskEvent[]> => {
  const head = await events.head(taskId)
  if (head > tapeEventsMax) {
    throw new AppError('PAYLOAD_TOO_LARGE', { events: head, eventsMax: tapeEventsMax })
  }
  const recorded: TaskEvent[] = []
  while (recorded.length < head) {
    const limit = Math.min(eventsPerReadMax, head - recorded.length)
    recorded.push(...(await events.read(taskId, recorded.length, limit)))
  }
  return recorded
}

/** @throws {AppError} `INVALID_INPUT` for a name that no version of the plan has. */
const mustBeAgents = (names: readonly string[], recorded: readonly TaskEvent[]): void => {
  const known = new Set(
    recorded.flatMap((event) =>
      event.type === 'PlanProposed' || event.type === 'PlanEdited'
        ? event.data.agents.map(({ name }) => name)
        : [],
    ),
  )
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  const reason = `the plan has no agent ${unknown.join(', ')}; it has: ${[...known].join(', ')}`
  throw new AppError('INVALID_INPUT', { field: 'prompts', reason })
}
