import { analyticsRoutes } from './routes/analytics-routes.ts'
import { approvalRoutes } from './routes/approval-routes.ts'
import { bookmarkRoutes } from './routes/bookmark-routes.ts'
import { budgetRoutes } from './routes/budget-routes.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { costRoutes } from './routes/cost-routes.ts'
import { draftingRoutes } from './routes/drafting-routes.ts'
import { errorRoutes } from './routes/error-routes.ts'
import { providerRoutes } from './routes/provider-routes.ts'
import { importRoutes } from './routes/import-routes.ts'
import { exportRoutes } from './routes/export-routes.ts'
import { modelRoutes } from './routes/model-routes.ts'
import { payloadRoutes } from './routes/payload-routes.ts'
import { planPriceRoutes } from './routes/plan-price-routes.ts'
import { priceRoutes } from './routes/price-routes.ts'
import { providerKeyRoutes } from './routes/provider-key-routes.ts'
import { queueRoutes } from './routes/queue-routes.ts'
import { recoveryRoutes } from './routes/recovery-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { steeringRoutes } from './routes/steering-routes.ts'
import { surgeryRoutes } from './routes/surgery-routes.ts'
import { systemRoutes } from './routes/system-routes.ts'
import { tapeRoutes } from './routes/tape-routes.ts'
import { taskRoutes } from './routes/task-routes.ts'
import { timelineRoutes } from './routes/timeline-routes.ts'

/** Every HTTP route of the gateway, by its name. */
export const httpRoutes = {
  ...taskRoutes,
  ...timelineRoutes,
  ...analyticsRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...draftingRoutes,
  ...planPriceRoutes,
  ...steeringRoutes,
  ...surgeryRoutes,
  ...approvalRoutes,
  ...bookmarkRoutes,
  ...tapeRoutes,
  ...payloadRoutes,
  ...queueRoutes,
  ...budgetRoutes,
  ...costRoutes,
  ...catalogueRoutes,
  ...providerRoutes,
  ...recoveryRoutes,
  ...errorRoutes,
  ...providerKeyRoutes,
  ...modelRoutes,
  ...priceRoutes,
  ...systemRoutes,
  ...sessionRoutes,
}
