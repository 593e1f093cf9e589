import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBackedGateway } from '../testing/start-backed-gateway.ts'

let gateway: Awaited<ReturnType<typeof startBackedGateway>>
beforeAll(async () => {
  gateway = await startBackedGateway({ 'llm-router': { OLLAMA_BASE_URL: 'off' } })
})
afterAll(() => gateway?.stop())

const ask: typeof gateway.ask = (...request) => gateway.ask(...request)
const path = '/api/recovery-strategies'

test('recovery strategies are read, changed, told with their history, and reset', async () => {
  expect(await ask('GET', path)).toMatchObject({
    status: 200,
    body: { version: 1, items: expect.arrayContaining([]) },
  })
  const change = { strategy: { do: 'fall-back' }, expectedVersion: 1 }
  expect(await ask('PUT', `${path}/timeout`, change)).toMatchObject({
    status: 200,
    body: { version: 2, failureClass: 'timeout', author: { kind: 'person' } },
  })
  expect(await ask('PUT', `${path}/timeout`, change)).toMatchObject({
    status: 409,
    body: { error: { code: 'VERSION_CONFLICT', details: { version: 2 } } },
  })
  expect(await ask('GET', `${path}/history?limit=1`)).toMatchObject({
    status: 200,
    body: { items: [{ version: 2, strategy: { do: 'fall-back' } }], nextBefore: 2 },
  })
  expect(await ask('POST', `${path}/reset`, { failureClass: 'timeout' })).toMatchObject({
    status: 200,
    body: { version: 3, strategy: { do: 'retry' } },
  })
})

test('what cannot be chosen is refused, with the reason', async () => {
  const strategy = { do: 'repair', triesMax: 2, afterwards: 'fail' }
  expect(await ask('PUT', `${path}/cancelled`, { strategy })).toMatchObject({
    status: 422,
    body: { error: { code: 'STRATEGY_REFUSED', details: { possible: ['fail'] } } },
  })
  expect(await ask('PUT', `${path}/moonshine`, { strategy })).toMatchObject({ status: 400 })
  const tooOften = { do: 'repair', triesMax: 99, afterwards: 'fail' }
  expect(await ask('PUT', `${path}/model_output`, { strategy: tooOften })).toMatchObject({
    status: 400,
    body: { error: { code: 'INVALID_INPUT' } },
  })
})

test('errors and their patterns are told in pages, and a question that makes no sense is refused', async () => {
  const empty = { status: 200, body: { items: [], nextCursor: null } }
  expect(await ask('GET', '/api/errors?provider=groq&failureClass=lost&limit=5')).toEqual(empty)
  expect(await ask('GET', '/api/errors/patterns?limit=5')).toEqual(empty)
  for (const query of ['cursor=abc', 'failureClass=moonshine', 'limit=0', 'nonsense=1']) {
    expect(await ask('GET', `/api/errors?${query}`)).toMatchObject({ status: 400 })
  }
})
