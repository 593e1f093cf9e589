import { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import { expect, test } from 'vitest'
import { changesOf, problemsOfNumbers, toHttpOptions, usualOptions } from './more-options.ts'
import { numberOptionNames, numberProblem, numberOptions } from './number-options.ts'

test('what is left as it is says nothing to the gateway', () => {
  expect(changesOf(usualOptions)).toBe(0)
  expect(toHttpOptions(usualOptions)).toEqual({ limits: {}, drafting: {} })
})

test('everything that is set arrives, in the units of the gateway', () => {
  const more = {
    numbers: {
      roundsMax: '2',
      stepsMax: '12',
      draftCostUsd: '0.05',
      scoreMin: '.9',
      turnsMax: '6',
      stepsParallelMax: '3',
      toolCallsMax: '40',
      callsMax: '200',
      fanOutMax: '25',
      depthMax: '2',
      answerMebibytesMax: '8',
    },
    prefer: 'price',
    reuse: 'day',
    judge: 'on',
    agentChanges: 'apply',
    unsafeTools: 'run',
    gatedTools: ['http_fetch'],
  } as const
  expect(changesOf(more)).toBe(17)
  expect(HttpTaskOptions.parse(toHttpOptions(more))).toEqual({
    limits: {
      turnsMax: 6,
      stepsParallelMax: 3,
      toolCallsMax: 40,
      callsMax: 200,
      fanOutMax: 25,
      depthMax: 2,
      answerBytesMax: 8_388_608,
    },
    drafting: { roundsMax: 2, stepsMax: 12, scoreMin: 0.9, costUsd: '0.05' },
    cache: { maxAgeMs: 86_400_000 },
    strategy: { prefer: 'price' },
    judge: { agentChanges: 'apply' },
    gates: { tools: ['http_fetch'], unsafe: 'run' },
  })
})

test('no number gets past its field that the gateway would refuse', () => {
  for (const name of numberOptionNames) {
    for (const wrong of ['x', '-1', '0x2', '1e3', '1.5.1'])
      expect(numberProblem(name, wrong), `${name} ${wrong}`).not.toBeNull()
    const option = numberOptions[name]
    if (option.unit === 'usd') continue
    for (const right of [option.min, option.max]) {
      expect(numberProblem(name, String(right))).toBeNull()
      const numbers = { ...usualOptions.numbers, [name]: String(right) }
      expect(HttpTaskOptions.safeParse(toHttpOptions({ ...usualOptions, numbers })).success).toBe(
        true,
      )
    }
    expect(numberProblem(name, String(option.max + 1))).not.toBeNull()
  }
  expect(problemsOfNumbers(usualOptions)).toEqual({})
})
