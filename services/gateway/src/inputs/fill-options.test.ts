import { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import { defaultJudgeOptions } from '@maestro/contracts/task/task-options'
import { expect, test } from 'vitest'
import { fillOptions } from './fill-options.ts'

test('nobody judges unless it is asked for, and then within the usual bounds', () => {
  expect(fillOptions(HttpTaskOptions.parse({}))).not.toHaveProperty('judge')
  expect(fillOptions(HttpTaskOptions.parse({ judge: {} })).judge).toEqual(defaultJudgeOptions)
})

test('a judge is bounded as its task says, in exact money', () => {
  const judge = { callsMax: 3, costUsd: '0.000075', strategy: { providers: ['ollama'] } }
  expect(fillOptions(HttpTaskOptions.parse({ judge })).judge).toEqual({
    callsMax: 3,
    costNanoUsd: 75_000,
    turnsBetween: defaultJudgeOptions.turnsBetween,
    strategy: { providers: ['ollama'] },
  })
})
