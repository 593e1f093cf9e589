import { describe, expect, test } from 'vitest'
import { retryStep } from '../testing/steering-command-fixtures.ts'
import { after, answer, cancel, createWith, decideOn } from '../testing/task-command-fixtures.ts'
import { approvalEntriesOf } from './approval-entries.ts'
import { approvalRecordOf } from './approval-record.ts'
import { verifyRecord } from './verify-record.ts'

const events = after(
  createWith({ a: [], b: ['a'] }, { autonomy: 'approve-steps', gates: { tools: ['read_input'] } }),
  decideOn('plan-v1', 'approve'),
  decideOn('step-a', 'revise', { reason: 'only the north' }),
  answer('a', { tools: ['t1', 't2'] }),
  decideOn('tool-a-1-1-1', 'reject', { reason: 'too much' }),
  retryStep('a'),
  answer('a', { attempt: 2 }),
  cancel(),
)
const entries = approvalEntriesOf(events)
const about = { taskId: 'task_1', title: 'Rain', seq: events.length }
const record = approvalRecordOf(about, entries)
const lines = record.text.trimEnd().split('\n')
const written = (changed: readonly string[]) => `${changed.join('\n')}\n`

test('says of every question who was asked what until when, and who said what when and why', () => {
  expect(entries.map(({ what, approvalId }) => [approvalId, what])).toEqual([
    ['apr_1_plan-v1', 'asked'],
    ['apr_1_plan-v1', 'decided'],
    ['apr_1_step-a', 'asked'],
    ['apr_1_step-a', 'decided'],
    ['apr_1_tool-a-1-1-1', 'asked'],
    ['apr_1_tool-a-1-1-2', 'asked'],
    ['apr_1_tool-a-1-1-1', 'decided'],
    ['apr_1_tool-a-1-1-2', 'withdrawn'],
    ['apr_1_step-b', 'asked'],
    ['apr_1_step-b', 'withdrawn'],
  ])
  expect(entries[4]).toMatchObject({
    actor: 'service:orchestrator',
    tool: 'read_input',
    arguments: expect.stringMatching(/^[0-9a-f]{64}$/),
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    mayDecide: 'operator',
    silence: 'tell-agent',
    choices: ['approve', 'revise', 'reject'],
  })
  expect(entries[6]).toMatchObject({ actor: 'person:ada', decision: 'reject', reason: 'too much' })
  expect(entries[7]).toMatchObject({
    actor: 'person:ada',
    reason: 'its step begins anew: once more',
  })
  expect(entries[9]).toMatchObject({ reason: 'TaskCancelled' })
})

test('a record as it was made is whole, and the same facts make the same bytes', () => {
  expect(verifyRecord(record.text)).toEqual({
    ok: true,
    entries: 10,
    taskId: 'task_1',
    head: record.head,
  })
  expect(approvalRecordOf(about, approvalEntriesOf(events))).toEqual(record)
  expect(verifyRecord(record.text, record.head)).toMatchObject({ ok: true })
})

describe('a record is refused, with the place, when', () => {
  test.each([
    [
      'a word of an entry is changed',
      8,
      (all: string[]) => all.with(7, (all[7] ?? '').replace('too much', 'all fine')),
    ],
    [
      'its head is changed',
      1,
      (all: string[]) => all.with(0, (all[0] ?? '').replace('Rain', 'Snow')),
    ],
    ['an entry is left out', 4, (all: string[]) => all.toSpliced(3, 1)],
    [
      'two entries are swapped',
      4,
      (all: string[]) => all.with(3, all[4] ?? '').with(4, all[3] ?? ''),
    ],
    ['an entry stands there twice', 5, (all: string[]) => all.toSpliced(4, 0, all[3] ?? '')],
    ['lines are added after the end', 13, (all: string[]) => [...all, all[1] ?? '']],
    ['a line is none', 6, (all: string[]) => all.with(5, '{"entry":5')],
  ] as const)('%s', (_, line, change) => {
    const found = verifyRecord(written(change([...lines])))
    // The line after the one that was changed is the first to tell; nothing before it is in doubt.
    expect(found).toMatchObject({ ok: false, problem: expect.any(String) })
    expect(Math.abs(('line' in found ? found.line : 0) - line)).toBeLessThanOrEqual(1)
  })

  test('it was cut, at any byte', () => {
    for (let bytes = 0; bytes < record.text.length; bytes += 97)
      expect(verifyRecord(record.text.slice(0, bytes))).toMatchObject({ ok: false })
  })

  test('it was made anew from other facts, for whoever kept the hash of its last line', () => {
    const forged = approvalRecordOf(
      about,
      entries.map((entry) =>
        entry['reason'] === 'too much' ? { ...entry, reason: 'fine' } : entry,
      ),
    )
    expect(verifyRecord(forged.text)).toMatchObject({ ok: true })
    expect(verifyRecord(forged.text, record.head)).toMatchObject({ ok: false, line: lines.length })
  })
})
