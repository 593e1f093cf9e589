import { startTestSystem, type TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpClient } from './http-client.ts'
import { startOtlpReceiver } from './otlp-receiver.ts'

const callersSpan = '00f067aa0ba902b7'
const receiver = await startOtlpReceiver()
let system: TestSystem

beforeAll(async () => {
  system = await startTestSystem({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      REHEARSAL_CHUNK_DELAY_MS: '0',
    },
  })
})
afterAll(async () => {
  await system.stop()
  await receiver.close()
})

test('one task is one trace over gateway, orchestrator, llm-router, budget and timeline', async () => {
  const client = createHttpClient(system)
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const response = await client.send('/api/tasks', {
    method: 'POST',
    body: JSON.stringify({
      goal: 'How wet was it?',
      inputs: [{ name: 'rain.csv', mediaType: 'text/csv', text: 'month,mm\n1,80\n2,60\n' }],
    }),
    headers: { traceparent: `00-${traceId}-${callersSpan}-01` },
  })
  const { taskId } = (await response.json()) as { taskId: string }
  expect((await client.ended(taskId)).state.status).toBe('succeeded')

  const ofTask = () => receiver.spans.filter((span) => span.traceId === traceId)
  await expect
    .poll(() => [...new Set(ofTask().map(({ service }) => service))].toSorted(), {
      timeout: 20_000,
    })
    .toEqual(['budget', 'gateway', 'llm-router', 'orchestrator', 'timeline'])

  // Nothing of the task lies in another trace: each of its calls, tools and steps is found in this one.
  const calls = (await client.allEvents(taskId)).filter(
    ({ type }) => type === 'maestro.CallFinished',
  )
  // Spans are sent in batches: the last ones come a moment after the task's end.
  await expect
    .poll(() => ofTask().filter(({ name }) => name === 'orchestrator call').length, {
      timeout: 20_000,
    })
    .toBe(calls.length)
  const astray = (await client.allEvents(taskId)).filter(
    ({ traceparent }) => traceparent?.split('-')[1] !== traceId,
  )
  expect(astray.map(({ type }) => type)).toEqual([])
  // A span whose parent was never sent would hang in the air; the caller's own span is the only one outside.
  const orphans = () => {
    const known = new Set([callersSpan, ...ofTask().map(({ spanId }) => spanId)])
    return ofTask().filter(({ parentSpanId }) => parentSpanId && !known.has(parentSpanId))
  }
  await expect.poll(() => orphans().map(({ name }) => name), { timeout: 20_000 }).toEqual([])
})
