import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { decide } from '@maestro/task-model/decide'
import { evolve } from '@maestro/task-model/evolve'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { answer, answerTool, createWith } from '@maestro/task-model/testing/task-command-fixtures'

const steps = 27
/** The last turn of a step has its output, those before it a tool call each: four events a turn. */
const turns = 98

/** A task of ten thousand events as agents make it: step after step, turn after turn, each with a tool call. */
export const longTask = (): { task: BornTask; commits: readonly (readonly TaskEvent[])[] } => {
  const names = Array.from({ length: steps }, (_, index) => `s${index}`)
  const commits: (readonly TaskEvent[])[] = []
  let task: Task = unbornTask
  const send = (command: TaskCommand) => {
    const events = decide(command, task)
    for (const event of events) task = evolve(task, event)
    commits.push(events)
  }
  const plan = names.map((name, index) => [
    name,
    { needs: names.slice(Math.max(index - 1, 0), index) },
  ])
  send(
    createWith(Object.fromEntries(plan), {
      limits: { turnsMax: 100, durationMs: 7 * 24 * 3_600_000 },
    }),
  )
  for (const name of names.slice(0, -1)) {
    for (let turn = 1; turn < turns; turn += 1) {
      const id = `${turn}-of-${name}`
      send(answer(name, { tools: [id], turn }))
      send(answerTool(name, id, { turn }))
    }
    send(answer(name, { turn: turns }))
  }
  if (task.status === 'unborn') throw new Error('it was not born')
  return { task, commits }
}
