import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { TaskId } from '@maestro/contracts/ids'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { create } from '@maestro/task-model/testing/task-command-fixtures'
import { planOf } from '@maestro/task-model/testing/task-fixtures'
import { createSimulation, liveToTheEnd } from '@maestro/task-model/testing/task-simulation'

/** The whole life of a task with so many steps after each other, each with a model call and a tool call: five events a step and five around them. */
export const testHistory = (taskId: TaskId, steps: number): readonly TaskEvent[] => {
  const names = Array.from({ length: steps }, (_, index) => `s${index}`)
  const plan = planOf(
    Object.fromEntries(
      names.map((name, index) => [
        name,
        { needs: index === 0 ? [] : [`s${index - 1}`], from: 'tool' as const },
      ]),
    ),
  )
  const simulation = createSimulation(create({ plan }))
  liveToTheEnd(simulation, () => 0)
  // The fixtures tell of task_1; its ids stand in many places, always in this form.
  const text = JSON.stringify(simulation.events)
  const own = taskId.slice('task_'.length)
  return JSON.parse(text.replaceAll(/"(task|call|agt|apr)_1(?=["_])/g, `"$1_${own}`))
}

/** As the bus and the orchestrator's answers carry them. */
export const asCloudEvents = (events: readonly TaskEvent[]): readonly CloudEvent[] =>
  events.map((event) => JSON.parse(JSON.stringify(toCloudEvent(event))))
