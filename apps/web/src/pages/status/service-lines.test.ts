import { expect, test } from 'vitest'
import { serviceLines } from './service-lines.ts'

const copy = (service: string, requests: number, averageMs: number) => ({
  service,
  copy: `${service}-1`,
  id: `${service}-${requests}`,
  version: '0.1.0',
  startedAt: '2026-01-01T00:00:00Z',
  trouble: null,
  endpoints: [{ name: 'a', requests, errors: 1, averageMs }],
})

test('a service that does not answer is listed as missing, not left out', () => {
  const budget = serviceLines([]).find(({ service }) => service === 'budget')
  expect(budget).toMatchObject({ copies: 0, averageMs: null })
})

test('copies of a service are one line, with times weighted by requests', () => {
  const line = serviceLines([copy('llm-router', 30, 10), copy('llm-router', 10, 50)]).find(
    ({ service }) => service === 'llm-router',
  )
  expect(line).toMatchObject({ copies: 2, requests: 40, errors: 2, averageMs: 20 })
})

test('the trouble of one copy stands in the line of its service, and in no other', () => {
  const trouble = { what: 'events wait', reason: 'no space', since: '2026-01-01T00:00:00Z' }
  const lines = serviceLines([
    copy('budget', 1, 1),
    copy('orchestrator', 1, 1),
    { ...copy('orchestrator', 2, 1), trouble },
  ])
  const troubled = lines.filter(({ troubles }) => troubles.length > 0)
  expect(troubled).toMatchObject([{ service: 'orchestrator', copies: 2, troubles: [trouble] }])
})
