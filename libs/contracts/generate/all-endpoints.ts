import type { z } from 'zod'
import * as budget from '../src/budget/budget-endpoints.ts'
import * as cost from '../src/budget/cost-endpoints.ts'
import * as estimate from '../src/budget/estimate-endpoints.ts'
import * as suggestion from '../src/budget/suggestion-endpoints.ts'
import * as price from '../src/budget/price-endpoints.ts'
import * as limit from '../src/budget/limit-endpoints.ts'
import type { Endpoint } from '../src/endpoint.ts'
import * as callUse from '../src/llm/call-use-endpoints.ts'
import * as key from '../src/llm/key-endpoints.ts'
import * as model from '../src/llm/model-endpoints.ts'
import * as provider from '../src/llm/provider-endpoints.ts'
import * as strategy from '../src/llm/strategy-endpoints.ts'
import * as facts from '../src/bus/fact-endpoints.ts'
import * as payload from '../src/payload/payload-endpoints.ts'
import * as queue from '../src/queue/queue-endpoints.ts'
import * as taskImport from '../src/task/import-endpoints.ts'
import * as planPrice from '../src/task/plan-price-endpoints.ts'
import * as bookmark from '../src/task/bookmark-endpoints.ts'
import * as audit from '../src/task/audit-endpoints.ts'
import * as drafting from '../src/task/drafting-endpoints.ts'
import * as steering from '../src/task/steering-endpoints.ts'
import * as surgery from '../src/task/surgery-endpoints.ts'
import * as tape from '../src/task/tape-endpoints.ts'
import * as task from '../src/task/task-endpoints.ts'
import * as analytics from '../src/timeline/analytics-endpoints.ts'
import * as history from '../src/timeline/history-endpoints.ts'
import * as logs from '../src/timeline/log-endpoints.ts'
import * as timeline from '../src/timeline/timeline-endpoints.ts'

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType>

const isEndpoint = (value: unknown): value is AnyEndpoint =>
  typeof value === 'object' && value !== null && 'service' in value && 'timeoutMs' in value

/** Every request that services answer on the bus, by service and name. */
export const allEndpoints: readonly AnyEndpoint[] = [
  task,
  audit,
  drafting,
  steering,
  surgery,
  planPrice,
  bookmark,
  tape,
  taskImport,
  queue,
  budget,
  cost,
  estimate,
  suggestion,
  price,
  limit,
  provider,
  callUse,
  key,
  model,
  strategy,
  payload,
  facts,
  timeline,
  history,
  logs,
  analytics,
]
  .flatMap((module) => Object.values<unknown>(module))
  .filter(isEndpoint)
  .sort((a, b) => (`${a.service} ${a.name}` < `${b.service} ${b.name}` ? -1 : 1))
