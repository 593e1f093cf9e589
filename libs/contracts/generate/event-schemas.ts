import { z } from 'zod'
import { Actor } from '../src/actor.ts'
import { budgetEventData } from '../src/budget/budget-events.ts'
import { CloudEvent } from '../src/bus/cloud-event.ts'
import { TaskId } from '../src/ids.ts'
import { keyEventData } from '../src/llm/key-events.ts'
import { providerEventData } from '../src/llm/provider-events.ts'
import { queueEventData } from '../src/queue/queue-events.ts'
import { taskEventData } from '../src/task/task-events.ts'

export type EventDescription = {
  name: string
  /** Where it is published. */
  subject: string
  schema: z.ZodType
}

const eventOf = (name: string, data: z.ZodType) =>
  CloudEvent.extend({ type: z.literal(`maestro.${name}`), data })

/** Every event that travels over the bus, as it travels: the whole CloudEvent. */
export const eventDescriptions: readonly EventDescription[] = [
  ...Object.entries(taskEventData).map(([name, data]) => ({
    name,
    subject: 'maestro.event.task.{taskId}',
    schema: eventOf(name, z.object({ ...data.shape, taskId: TaskId, actor: Actor })),
  })),
  ...Object.entries(budgetEventData).map(([name, data]) => ({
    name,
    subject: 'maestro.event.budget.{budgetId}',
    schema: eventOf(name, data),
  })),
  ...Object.entries({ ...keyEventData, ...providerEventData }).map(([name, data]) => ({
    name,
    subject: 'maestro.event.provider.{provider}',
    schema: eventOf(name, data),
  })),
  ...Object.entries(queueEventData).map(([name, data]) => ({
    name,
    subject: 'maestro.event.queue.{queue}',
    schema: eventOf(name, data),
  })),
]
