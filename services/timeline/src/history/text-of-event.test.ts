import { expect, test } from 'vitest'
import { searchedCharactersMax, textOfEvent } from './text-of-event.ts'

test('finds what people wrote, wherever it stands, and leaves addresses out', () => {
  const text = textOfEvent({
    stepId: 'step_draw',
    reason: 'The mouse has no tail.',
    output: {
      service: 'orchestrator',
      sha256: 'ab12',
      mediaType: 'text/plain',
      preview: 'A mouse',
    },
    agents: [{ agentId: 'agt_1_painter', name: 'painter' }],
    expiresAt: '2026-01-01T00:00:00.000Z',
  })
  expect(text).toBe('The mouse has no tail. A mouse painter')
})

test('is bounded, however large the event, and holds nothing that Postgres refuses', () => {
  const text = textOfEvent({ notes: Array.from({ length: 900 }, () => 'a\0b'.repeat(50)) })
  expect(text.length).toBeLessThanOrEqual(searchedCharactersMax + 1)
  expect(text).not.toContain('\0')
})

test('survives what nests without end', () => {
  let deep: Record<string, unknown> = { note: 'bottom' }
  for (let depth = 0; depth < 5_000; depth += 1) deep = { deep }
  expect(textOfEvent(deep)).toBe('')
})
