import { describe, expect, test } from 'vitest'
import { answerToolCall } from '../answer-tool-call.ts'
import { csvProgram } from './csv-program.ts'
import { jsonProgram } from './json-program.ts'
import { recountProgram } from './recount-program.ts'
import { textProgram } from './text-program.ts'
import { wordsProgram } from './words-program.ts'

// A name that would break out of a careless program.
const name = 'a "b" (1).csv'
const run = (program: (name: string) => string, text: string) => {
  const argumentsText = JSON.stringify({ code: program(name) })
  const answer = answerToolCall({ name: 'run_javascript', argumentsText }, { [name]: text })
  return JSON.parse(answer).result
}

describe('the program for CSV', () => {
  test('counts rows and columns, and measures numbers', () => {
    const facts = run(csvProgram, 'city,people,area\nA,10,1.5\nB,20,\nC,-3,2.5\n')
    expect(facts).toMatchObject({ name, rows: 3, columns: 3, separator: ',', uneven: 0 })
    expect(facts.details).toEqual([
      {
        kind: 'text',
        name: 'city',
        numbers: 0,
        texts: 3,
        missing: 0,
        distinct: 3,
        distinctAtLeast: false,
        most: [
          { value: 'A', times: 1 },
          { value: 'B', times: 1 },
          { value: 'C', times: 1 },
        ],
      },
      {
        kind: 'number',
        name: 'people',
        numbers: 3,
        texts: 0,
        missing: 0,
        minimum: -3,
        mean: 9,
        maximum: 20,
      },
      {
        kind: 'number',
        name: 'area',
        numbers: 2,
        texts: 0,
        missing: 1,
        minimum: 1.5,
        mean: 2,
        maximum: 2.5,
      },
    ])
  })

  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['vertical bars', '|'],
  ])('finds cells separated by %s', (_name, separator) => {
    const text = [
      ['x', 'y, z; w|v'],
      ['1', '2'],
    ]
      .map((row) => row.map((cell) => `"${cell}"`).join(separator))
      .join('\n')
    expect(run(csvProgram, text)).toMatchObject({ separator, columns: 2, rows: 1 })
  })

  test('takes separators, line breaks and doubled quotes between quotes as text', () => {
    const text = 'name,note\r\n"Miller, Ann","said ""hi""\nand left"\r\n"""","a""b"\r\n"",plain\r\n'
    const facts = run(csvProgram, text)
    expect(facts).toMatchObject({ rows: 3, columns: 2, uneven: 0 })
    expect(facts.details[0]).toMatchObject({
      missing: 1,
      most: [{ value: 'Miller, Ann' }, { value: '"' }],
    })
    expect(facts.details[1].most.map(({ value }: { value: string }) => value)).toEqual([
      'said "hi"\nand left',
      'a"b',
      'plain',
    ])
  })

  test('reads decimal commas where commas do not separate, and skips a byte order mark', () => {
    const facts = run(csvProgram, '\uFEFFName;Umsatz\nA;1,5\nB;2,5\n')
    expect(facts.details[0].name).toBe('Name')
    expect(facts.details[1]).toMatchObject({ kind: 'number', minimum: 1.5, mean: 2, maximum: 2.5 })
  })

  test('a first line of numbers is data, not a header', () => {
    const facts = run(csvProgram, '1,2\n3,4')
    expect(facts).toMatchObject({ rows: 2, columns: 2 })
    expect(facts.details[0]).toMatchObject({ name: 'column 1', minimum: 1, maximum: 3 })
  })

  test('a number that is missing in words does not make a column text', () => {
    const lines = Array.from({ length: 30 }, (_, i) => (i === 7 ? 'n/a' : String(i)))
    const facts = run(csvProgram, `v\n${lines.join('\n')}`)
    expect(facts.details[0]).toMatchObject({ kind: 'number', numbers: 29, texts: 1, maximum: 29 })
  })

  test('says which rows are uneven, and survives an open quote and an empty file', () => {
    expect(run(csvProgram, 'a,b\n1\n1,2,3\n1,2\n')).toMatchObject({ rows: 3, uneven: 2 })
    expect(run(csvProgram, 'a,b\n"open,2\n3,4')).toMatchObject({ rows: 1 })
    expect(run(csvProgram, '')).toMatchObject({ rows: 0, columns: 0, details: [] })
  })

  test('many different texts take no more room than few', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `key ${i}`)
    expect(run(csvProgram, `k\n${lines.join('\n')}`).details[0]).toMatchObject({
      texts: 20_000,
      distinct: 5_000,
      distinctAtLeast: true,
    })
  })
})

describe('the program for JSON', () => {
  test('gives the shape: types, keys, lengths, depth, ranges', () => {
    const facts = run(jsonProgram, '[{"id":1,"tags":["a","b"],"more":null},{"id":4,"tags":[]}]')
    expect(facts).toMatchObject({ problem: null, depth: 4, values: 10 })
    const at = (path: string) => facts.places.find((place: { path: string }) => place.path === path)
    expect(at('')).toMatchObject({ types: { array: 1 }, lengths: { shortest: 2, longest: 2 } })
    expect(at('[]')).toMatchObject({ types: { object: 2 }, keys: 3 })
    expect(at('[].id')).toMatchObject({ numbers: { minimum: 1, mean: 2.5, maximum: 4 } })
    expect(at('[].tags')).toMatchObject({ lengths: { shortest: 0, longest: 2 } })
    expect(at('[].more')).toMatchObject({ types: { null: 1 } })
  })

  test('says what is wrong with text that is no JSON', () => {
    expect(run(jsonProgram, '{"a":')).toMatchObject({ problem: expect.stringContaining('JSON') })
  })

  test('bounds how many places and how much depth it follows', () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))
    expect(run(jsonProgram, JSON.stringify(wide))).toMatchObject({ placesLeftOut: 381 })
    expect(run(jsonProgram, '['.repeat(900) + ']'.repeat(900))).toMatchObject({ depth: 200 })
  })
})

test('a recount comes to the same figures by another way', () => {
  const csv = 'a,b\n1,"x\ny"\n\n2,"say ""hi"""\n'
  expect(run((input) => recountProgram(input, 'csv'), csv).count).toBe(
    run(csvProgram, csv).rows + 1,
  )
  expect(run((input) => recountProgram(input, 'json'), '{"a":1,"b":2}').count).toBe(2)
  expect(run((input) => recountProgram(input, 'text'), 'four').count).toBe(4)
})

test('a text is measured and its start handed over', () => {
  expect(run(textProgram, 'two words\nhere')).toMatchObject({
    words: 3,
    lines: 2,
    start: 'two words\nhere',
  })
})

test('a step without inputs gets a program about its own words', () => {
  const code = wordsProgram('Title "x"', 'Grüße an alle, Grüße')
  const answer = answerToolCall(
    { name: 'run_javascript', argumentsText: JSON.stringify({ code }) },
    {},
  )
  expect(JSON.parse(answer).result).toMatchObject({
    words: 3,
    most: [{ word: 'grüße', count: 2 }, { word: 'alle' }],
  })
})
