import { listErrorPatterns, listErrors } from '@maestro/contracts/llm/error-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { readErrorPatterns, readErrors } from './error-store.ts'

/** What went wrong at providers, for people. */
export const errorAnswers = ({ sql }: { sql: Sql }): readonly Implementation[] => [
  implement(listErrors, (query) => readErrors(sql, query)),
  implement(listErrorPatterns, (page) => readErrorPatterns(sql, page)),
]
