import { expect, test } from 'vitest'
import { createTaskFileCheck } from './check-task-file.ts'
import { createTaskLines } from './task-lines.ts'

/** Any hash of that length shows it; contracts know none of their own. */
const sha256Of = (text: string): string => {
  let [one, other] = [0x811c9dc5, 0x1b873593]
  for (const character of text) {
    one = Math.imul(one ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
    other = Math.imul(other + one, 0x85ebca6b) >>> 0
  }
  return `${one.toString(16).padStart(8, '0')}${other.toString(16).padStart(8, '0')}`.repeat(4)
}
const base64Of = (base64: string) => sha256Of(atob(base64))
const event = (seq: number) => ({ event: { seq, subject: 'task_a', data: { text: `no. ${seq}` } } })
const payload = (text: string) => ({ payload: { sha256: sha256Of(text) }, text })
const contents = [
  { format: 'maestro.task', version: 1, taskId: 'task_a', at: 3 },
  event(1),
  event(2),
  event(3),
  payload('größer'),
  { payload: { sha256: sha256Of('abc') }, base64: 'YWJj' },
  { missing: { sha256: 'x' } },
  { end: { events: 3, payloads: 2, missing: 1 } },
]
const linesOf = (of: readonly unknown[]) => {
  const line = createTaskLines(sha256Of)
  return of.map((content) => line(content).slice(0, -1))
}
const check = (lines: readonly string[]) => {
  const file = createTaskFileCheck(sha256Of, base64Of)
  for (const line of lines) {
    const problem = file.take(line)
    if (problem !== null) return problem
  }
  return file.end()
}
const lines = linesOf(contents)

test('a file as it was made is whole', () =>
  expect(check(lines)).toEqual({
    ok: true,
    taskId: 'task_a',
    events: 3,
    payloads: 2,
    missing: 1,
    hash: lines.at(-1)?.slice(9, 73),
  }))

test('whatever is changed, left out, put in or moved shows at its line', () => {
  for (let at = 0; at < lines.length; at += 1) {
    const changed = lines.map((line, index) => (index === at ? line.replace('":', '" :') : line))
    expect(check(changed)).toMatchObject({ ok: false, line: at + 1 })
    const without = lines.filter((_, index) => index !== at)
    expect(check(without)).toMatchObject({ ok: false, line: at + 1 })
    const twice = lines.flatMap((line, index) => (index === at ? [line, line] : [line]))
    expect(check(twice)).toMatchObject({ ok: false, line: at + 2 })
  }
  const third = lines.map((line) => line.replace('no. 2', 'no. 9'))
  expect(check(third)).toMatchObject({ ok: false, line: 3, seq: 1 })
})

test('what a line says can be looked at as well, and is refused at its place', () => {
  const seen: unknown[] = []
  const file = createTaskFileCheck(sha256Of, base64Of, (content) => {
    seen.push(content)
    return 'missing' in content ? 'something is missing' : null
  })
  const problems = lines.map((line) => file.take(line)).filter((problem) => problem !== null)
  expect(problems[0]).toEqual({ ok: false, line: 7, seq: 3, problem: 'something is missing' })
  expect(seen.slice(0, 7)).toEqual(contents.slice(0, 7))
})

test('a file that was cut, between lines or in one, says so', () => {
  for (let length = 1; length < lines.length; length += 1)
    expect(check(lines.slice(0, length))).toMatchObject({ ok: false, line: length + 1 })
  expect(check([...lines.slice(0, 3), lines[3]?.slice(0, 80) ?? ''])).toMatchObject({
    ok: false,
    line: 4,
  })
  expect(check([])).toMatchObject({ ok: false, line: 1 })
})

test('one that was chained anew over other events does not hold either', () => {
  const wrong = (of: readonly unknown[]) => check(linesOf(of))
  expect(wrong(contents.toSpliced(2, 1))).toMatchObject({
    line: 3,
    problem: 'it should be event 2',
  })
  expect(wrong(contents.with(4, { ...payload('a'), text: 'b' }))).toMatchObject({ line: 5 })
  expect(wrong(contents.toSpliced(6, 1))).toMatchObject({
    problem: 'it counts other lines than there are',
  })
  expect(wrong([{ format: 'other' }])).toMatchObject({ line: 1 })
  expect(wrong([{ ...contents[0], version: 2 }])).toMatchObject({
    problem: 'version 2 of the format is not known here, only 1',
  })
})
