import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { testPostgresUrl } from './test-addresses.ts'

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/** One statement on the server that the run started. */
const administer = async (statement: string): Promise<void> => {
  const admin = postgres(testPostgresUrl(), { max: 1, onnotice: () => undefined })
  await admin.unsafe(statement)
  await admin.end()
}

/** A fresh, empty database for one test file: `const database = await createTestDatabase()`, `afterAll(database.drop)`. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name}`)
  const url = new URL(testPostgresUrl())
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => administer(`drop database if exists ${name} with (force)`),
  }
}
