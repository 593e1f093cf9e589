import { describe, expect, test } from 'vitest'
import { outputsReadBy } from './condition-syntax.ts'
import { problemOfCondition } from './condition.ts'
import { evaluateCondition, evaluateList, evaluateWhile } from './evaluate-condition.ts'

const needs = ['count', 'find-facts']
const facts = {
  outputs: {
    count: {
      total: 12,
      share: 0.25,
      rows: [
        { month: 'May', mm: 80 },
        { month: 'June', mm: 20 },
      ],
    },
    'find-facts': 'The wettest month was May.',
  },
  steps: { count: 'done', 'find-facts': 'done', check: 'failed' },
}

describe('a condition', () => {
  test.each([
    ['outputs.count.total > 10', true],
    ['outputs["count"].total + 1 == 13.0', true],
    ['outputs.count.total / 5 < 2.5 && outputs.count.share * 4 == 1.0', true],
    ['outputs["find-facts"].contains("May")', true],
    ['size(outputs["find-facts"]) < 5', false],
    ['outputs.count.rows.exists(row, row.month == "May" && row.mm >= 80)', true],
    ['outputs.count.rows.all(row, row.mm > 50)', false],
    ['has(outputs.count.missing) || "check" in outputs', false],
    ['steps["count"] == "done"', true],
  ])('%s', (text, holds) => {
    expect(problemOfCondition(text, needs)).toBeNull()
    expect(evaluateCondition(text, facts)).toEqual({ holds, problem: null })
  })

  test.each([
    ['outputs.count.nothing > 1', 'No such key: nothing'],
    ['outputs.count', 'neither true nor false'],
    ['outputs["find-facts"] > 3', 'overload'],
    ['outputs.count.constructor.name == "Object"', 'No such key: constructor'],
  ])('that cannot be evaluated says why: %s', (text, reason) => {
    const { holds, problem } = evaluateCondition(text, facts)
    expect(holds).toBe(false)
    expect(problem).toContain(reason)
  })

  test.each([
    ['outputs.count.total >', 'does not parse'],
    ['answer == 1', 'Unknown variable: answer'],
    ['size(outputs)', 'true or false'],
    ['outputs.check.total > 1', 'reads "check", which the step does not need; it needs "count"'],
    ['steps["nobody"] == "done"', 'reads "nobody"'],
    ['outputs[steps["count"]] == 1', 'say in quotes'],
    ['outputs["find-facts"].matches("(a+)+$")', '`matches` is not there'],
    ['duration(outputs["find-facts"]) > duration("1s")', '`duration` is not there'],
    ['cel.bind(a, [1], cel.bind(b, a + a, size(b + b) > 1))', '`bind` is not there'],
    ['size(outputs["find-facts"].split("")) > 1', '`split` is not there; there are has, size'],
    ['has(outputs.count.rows) && [1].exists(x, "a".matches("a"))', '`matches` is not there'],
    ['outputs.count.rows.all(a, outputs.count.rows.exists(b, a.mm == b.mm))', 'inside another one'],
    [`${'('.repeat(60)}true${')'.repeat(60)} && ${'!'.repeat(400)}true`, 'does not parse'],
  ])('that cannot be one is refused before it runs: %s', (text, reason) =>
    expect(problemOfCondition(text, needs)).toContain(reason),
  )

  test.each([
    ['outputs.count.total > 1 || outputs["find-facts"] == ""', ['count', 'find-facts']],
    ['has(outputs.count.rows) && outputs.count.rows.all(row, row.mm > 1)', ['count']],
    ['steps["find-facts"] == "done"', []],
    ['steps["count"] == outputs["count"]', ['count']],
    ['"check" in outputs', null],
    ['outputs.exists(name, name == "check")', null],
  ])('says whose outputs it reads: %s', (text, names) =>
    expect(outputsReadBy(text)).toEqual(names === null ? null : new Set(names)),
  )
})

test('a list is found in outputs, and what is none is said to be none', () => {
  expect(evaluateList('outputs.count.rows.map(row, row.month)', facts)).toEqual({
    items: ['May', 'June'],
    problem: null,
  })
  const named = evaluateList('outputs.count.rows.map(row, {"m": row.month})', facts)
  expect(JSON.stringify(named.items)).toBe('[{"m":"May"},{"m":"June"}]')
  expect(evaluateList('outputs.count.total', facts).problem).toBe('it is no list')
  expect(evaluateList('outputs.count.months', facts).problem).toContain('No such key: months')
})

test('another round is asked for by what the last one delivered', () => {
  const seen = { ...facts, output: { open: 2 }, round: 1 }
  expect(evaluateWhile('output.open > 0 && round < 2', seen).holds).toBe(true)
  expect(evaluateWhile('round + 1 < outputs.count.total && output.open == 0', seen).holds).toBe(
    false,
  )
  expect(evaluateWhile('output.closed > 0', seen).problem).toContain('No such key: closed')
})
