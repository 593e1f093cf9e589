import { listCosts } from '@maestro/contracts/budget/cost-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { createListCosts } from './list-costs.ts'

export const costAnswers = (reports: { sql: Sql; now: () => Date }): readonly Implementation[] => [
  implement(listCosts, createListCosts(reports)),
]
