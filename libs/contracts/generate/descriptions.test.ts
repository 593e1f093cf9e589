import { expect, test } from 'vitest'
import { httpRoutes } from '../src/gateway/http-routes.ts'
import { taskEventTypes } from '../src/task/task-events.ts'
import { staleFiles } from './description-files.ts'
import { descriptions } from './descriptions.ts'

const parsed = new Map([...descriptions()].map(([name, text]) => [name, JSON.parse(text)]))

const refsOf = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : refsOf(part),
  )
}
const at = (root: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/')],
      root,
    )

test('what is checked in is what the contracts say now', async () => {
  expect(await staleFiles()).toEqual([])
})

test('the same contracts give the same bytes', () => {
  expect([...descriptions()]).toEqual([...descriptions()])
})

test.each([...parsed])('%s: every reference leads somewhere', (_name, root) => {
  for (const ref of refsOf(root)) expect([ref, at(root, ref)]).not.toContain(undefined)
})

test('OpenAPI has every route', () => {
  const { paths } = parsed.get('openapi.json') as { paths: Record<string, Record<string, unknown>> }
  const operations = Object.values(paths).flatMap((path) =>
    Object.values(path).map((operation) => (operation as { operationId: string }).operationId),
  )
  expect(operations.sort()).toEqual(Object.keys(httpRoutes).sort())
})

test('every event of a task has a schema file and a message in AsyncAPI', () => {
  const { components } = parsed.get('asyncapi.json') as { components: { messages: object } }
  for (const type of taskEventTypes) {
    expect(parsed.has(`schemas/${type}.json`)).toBe(true)
    expect(Object.keys(components.messages)).toContain(type)
  }
})

test('answers may grow, requests may not', () => {
  const { components } = parsed.get('openapi.json') as {
    components: { schemas: Record<string, { additionalProperties?: boolean }> }
  }
  expect(components.schemas['HttpNewTask']?.additionalProperties).toBe(false)
  expect(components.schemas['TaskLine']).not.toHaveProperty('additionalProperties')
})
