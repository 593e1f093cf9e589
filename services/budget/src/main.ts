import { fileURLToPath } from 'node:url'
import { loadConfig } from '@maestro/service-kit/config'
import { connectDatabase } from '@maestro/service-kit/database'
import { factEndpoint } from '@maestro/service-kit/fact-endpoint'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { serve } from '@maestro/service-kit/serve'
import { startService } from '@maestro/service-kit/start-service'
import { createBookkeeper } from './booking/bookkeeper.ts'
import { startLeaseSweeper } from './booking/lease-sweeper.ts'
import { createBudgetDesk } from './budgets/budget-desk.ts'
import { ensureGlobalBudget } from './budgets/budget-rows.ts'
import { createBudgetViews } from './budgets/budget-views.ts'
import { Config } from './config.ts'
import { costAnswers } from './costs/cost-answers.ts'
import { reportOptions } from './costs/report-options.ts'
import { databaseOptions } from './database-options.ts'
import { budgetEndpoints } from './endpoints.ts'
import { startEstimates } from './estimates/start-estimates.ts'
import { priceAnswers } from './prices/price-answers.ts'
import { seedPrices } from './prices/price-rows.ts'
import { suggestionAnswers } from './suggestions/suggestion-answers.ts'
import { priceTable } from './prices/price-table.ts'
import { startPriceWatch } from './prices/price-watch.ts'

const config = loadConfig(Config, process.env)
const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))
const { log, nats, sql, call, close } = await startService('budget', config, {
  migrations,
  database: databaseOptions,
})

await sql.begin((transaction) => ensureGlobalBudget(transaction, config.BUDGET_GLOBAL_USD))
await seedPrices(sql, priceTable)
const watch = await startPriceWatch({ sql, log })
const { prices } = watch

const now = () => new Date()
const relay = await startFactRelay({ sql, nats, log, service: 'budget' })
const bookkeeper = createBookkeeper({ sql, prices, now, onFacts: relay.wake })
const sweeper = startLeaseSweeper({ sql, bookkeeper, now, log })
const budgets = createBudgetViews({ sql, now })
const reports = connectDatabase(config.POSTGRES_URL, reportOptions)
const desk = createBudgetDesk({ sql, now, onFacts: relay.wake })
const estimates = await startEstimates({ sql, reports, nats, call, prices, now, log })

const served = await serve(
  { nats, log, service: 'budget', version: '0.1.0', outages: [relay.outage] },
  [
    ...budgetEndpoints({ bookkeeper, budgets, desk, prices, log, now }),
    ...priceAnswers({ sql, watch, now }),
    ...costAnswers({ sql: reports, now }),
    ...estimates.answers,
    factEndpoint('budget', sql),
    ...suggestionAnswers({ sql: reports, call, prices, now }),
  ],
)

onShutdown(log, async () => {
  await served.stop()
  await estimates.stop()
  await sweeper.stop()
  await relay.stop()
  watch.stop()
  await reports.end({ timeout: 1 })
  await close()
})
log.info('ready')
