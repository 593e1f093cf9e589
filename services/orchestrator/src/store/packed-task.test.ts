import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { decide } from '@maestro/task-model/decide'
import { evolve } from '@maestro/task-model/evolve'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import type { TaskCommand } from '@maestro/task-model/task-command'
import { answer, answerTool, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { packTask, unpackTask } from './packed-task.ts'

const charactersMax = 10_000_000

/** Of two steps the first has said much and has ended, the second is at work. */
const longTask = (): BornTask => {
  let task: Task = unbornTask
  const send = (command: TaskCommand) => {
    for (const event of decide(command, task)) task = evolve(task, event)
  }
  send(createWith({ a: {}, b: { needs: ['a'] } }, { limits: { turnsMax: 100 } }))
  for (let turn = 1; turn < 40; turn += 1) {
    const id = `${turn}-of-a`
    send(answer('a', { tools: [id], turn }))
    send(answerTool('a', id, { turn }))
  }
  send(answer('a', { turn: 40 }))
  if (task.status === 'unborn') throw new Error('it was not born')
  return task
}

const packed = async (task: BornTask): Promise<Buffer> => {
  const buffer = await packTask(task, charactersMax)
  if (buffer === null) throw new Error('too long')
  return buffer
}

/** Goes on in the same way, whether the past was looked at or not. */
const goOn = (start: BornTask): { events: readonly TaskEvent[]; task: Task } => {
  const events = decide(answer('b', { turn: 1 }), start)
  let task: Task = start
  for (const event of events) task = evolve(task, event)
  return { events, task }
}

test('what is unpacked is what was packed, byte by byte', async () => {
  const task = longTask()
  expect(JSON.stringify(await unpackTask(await packed(task)))).toBe(JSON.stringify(task))
})

test('what a step has said is unpacked when it is looked at, and once', async () => {
  const { steps } = await unpackTask(await packed(longTask()))
  const step = steps[Object.keys(steps)[0] as keyof typeof steps]
  if (!step) throw new Error('no step')
  expect(Object.getOwnPropertyDescriptor(step, 'turns')).not.toHaveProperty('value')
  const { turns } = step
  expect(turns).toHaveLength(40)
  expect(step.turns).toBe(turns)
})

test('the rules go on from it as from the fold, and what they made is packed as well', async () => {
  const task = longTask()
  const again = await unpackTask(await packed(task))
  const [fromFold, fromPacked] = [goOn(task), goOn(again)]
  expect(fromPacked.events).toEqual(fromFold.events)
  const packedAgain = await packed(fromPacked.task as BornTask)
  expect(JSON.stringify(await unpackTask(packedAgain))).toBe(JSON.stringify(fromFold.task))
})

test('a state beyond the bound is not packed', async () => {
  expect(await packTask(longTask(), 1_000)).toBeNull()
})

test('what stands beside the steps counts as well', async () => {
  const bare: BornTask = { ...longTask(), steps: {} }
  const { length } = JSON.stringify(bare)
  expect(await packTask(bare, length * 2)).not.toBeNull()
  expect(await packTask(bare, length - 1)).toBeNull()
})
