import { analyticsRoutes } from '@maestro/contracts/gateway/routes/analytics-routes'
import { approvalRoutes } from '@maestro/contracts/gateway/routes/approval-routes'
import { bookmarkRoutes } from '@maestro/contracts/gateway/routes/bookmark-routes'
import { tapeRoutes } from '@maestro/contracts/gateway/routes/tape-routes'
import { budgetRoutes } from '@maestro/contracts/gateway/routes/budget-routes'
import { providerRoutes } from '@maestro/contracts/gateway/routes/provider-routes'
import { catalogueRoutes } from '@maestro/contracts/gateway/routes/catalogue-routes'
import { costRoutes } from '@maestro/contracts/gateway/routes/cost-routes'
import { draftingRoutes } from '@maestro/contracts/gateway/routes/drafting-routes'
import { errorRoutes } from '@maestro/contracts/gateway/routes/error-routes'
import { importRoutes } from '@maestro/contracts/gateway/routes/import-routes'
import { exportRoutes } from '@maestro/contracts/gateway/routes/export-routes'
import { modelRoutes } from '@maestro/contracts/gateway/routes/model-routes'
import { payloadRoutes } from '@maestro/contracts/gateway/routes/payload-routes'
import { planPriceRoutes } from '@maestro/contracts/gateway/routes/plan-price-routes'
import { priceRoutes } from '@maestro/contracts/gateway/routes/price-routes'
import { providerKeyRoutes } from '@maestro/contracts/gateway/routes/provider-key-routes'
import { queueRoutes } from '@maestro/contracts/gateway/routes/queue-routes'
import { recoveryRoutes } from '@maestro/contracts/gateway/routes/recovery-routes'
import { sessionRoutes } from '@maestro/contracts/gateway/routes/session-routes'
import { systemRoutes } from '@maestro/contracts/gateway/routes/system-routes'
import { steeringRoutes } from '@maestro/contracts/gateway/routes/steering-routes'
import { surgeryRoutes } from '@maestro/contracts/gateway/routes/surgery-routes'
import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import { createPackedCaller } from '@maestro/service-kit/call'
import type { ServiceBase } from '@maestro/service-kit/start-service'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { serveConsole } from './console/serve-console.ts'
import { createApp } from './create-app.ts'
import { createHistoryReader } from './history/history-reader.ts'
import { createClaimStore } from './idempotency/claim-store.ts'
import { createOnce } from './idempotency/once.ts'
import { createTaskPreparation } from './inputs/prepare-task.ts'
import { createInputUpload } from './inputs/upload-inputs.ts'
import { createLiveFeed } from './live/live-feed.ts'
import { createPdfMaker } from './pdf/create-pdf-maker.ts'
import { analyticsAnswers } from './routes/analytics-answers.ts'
import { approvalAnswers } from './routes/approval-answers.ts'
import { bookmarkAnswers } from './routes/bookmark-answers.ts'
import { budgetAnswers } from './routes/budget-answers.ts'
import { providerAnswers } from './routes/provider-answers.ts'
import { catalogueAnswers } from './routes/catalogue-answers.ts'
import { costAnswers } from './routes/cost-answers.ts'
import { draftingAnswers } from './routes/drafting-answers.ts'
import { planPriceAnswers } from './routes/plan-price-answers.ts'
import { errorAnswers } from './routes/error-answers.ts'
import { exportAnswers } from './routes/export-answers.ts'
import { importAnswers } from './routes/import-answers.ts'
import { modelAnswers } from './routes/model-answers.ts'
import { payloadAnswers } from './routes/payload-answers.ts'
import { priceAnswers } from './routes/price-answers.ts'
import { providerKeyAnswers } from './routes/provider-key-answers.ts'
import { queueAnswers } from './routes/queue-answers.ts'
import { recoveryAnswers } from './routes/recovery-answers.ts'
import { registerRoutes } from './routes/register-routes.ts'
import { createFileSender } from './routes/send-payload.ts'
import { sessionAnswers } from './routes/session-answers.ts'
import { systemAnswers } from './routes/system-answers.ts'
import { steeringAnswers } from './routes/steering-answers.ts'
import { surgeryAnswers } from './routes/surgery-answers.ts'
import { tapeAnswers } from './routes/tape-answers.ts'
import { taskAnswers } from './routes/task-answers.ts'
import { timelineAnswers } from './routes/timeline-answers.ts'
import { createAttemptLimit } from './sessions/attempt-limit.ts'
import { createSessionStore } from './sessions/session-store.ts'
import { createSignInByToken } from './sessions/sign-in-by-token.ts'
import { createTokenCheck } from './sessions/token-check.ts'
import { createSweep } from './sweep.ts'
import { createBusWatch } from './system/bus-watch.ts'
import { createSystemReader } from './system/system-reader.ts'

/** Failed sign-ins of one address within a minute. */
const failedSignInsMax = 10

export type Gateway = { app: FastifyInstance; stop: () => Promise<void> }

type GatewayOptions = {
  base: Pick<ServiceBase, 'log' | 'nats' | 'sql' | 'call'>
  config: Config
  webDist: string
  /** Where OpenAPI and AsyncAPI lie. */
  descriptions: string
  /** What may wait for one client of the live feed. */
  bufferedMax?: number
}

/** Wires the edge together; it does not listen yet. */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { config, webDist, descriptions } = options
  const { log, nats, sql, call } = options.base

  const secureCookies = config.PUBLIC_URL?.startsWith('https:') ?? false
  const isToken = createTokenCheck(config.MAESTRO_TOKEN)
  const sessions = createSessionStore({ sql, token: config.MAESTRO_TOKEN })
  const attempts = createAttemptLimit({ failuresMax: failedSignInsMax })
  const signInByToken = createSignInByToken({ isToken, sessions, attempts, secureCookies })

  const claims = createClaimStore({ sql, copy: config.COPY_NAME })
  await claims.releaseOwn()
  const once = createOnce({ claims })

  const bus = createBusWatch({ nats })
  const live = createLiveFeed({ nats, call, log, bus, bufferedMax: options.bufferedMax })
  const system = createSystemReader({ nats, bus, live: live.state })

  const history = createHistoryReader({
    call,
    callPacked: createPackedCaller({ nats, service: 'gateway' }),
  })
  const prepareTask = createTaskPreparation({ uploadInputs: createInputUpload({ call }) })
  const sendPayload = createFileSender({ call })

  const app = await createApp({
    log,
    isToken,
    sessions,
    attempts,
    corsOrigins: config.CORS_ORIGINS,
    publicUrl: config.PUBLIC_URL,
    requestsPerMinuteMax: config.REQUESTS_PER_MINUTE_MAX,
  })
  const asked = { once }
  registerRoutes(app, asked, taskRoutes, taskAnswers({ call, history, prepareTask }))
  registerRoutes(app, asked, draftingRoutes, draftingAnswers({ call }))
  registerRoutes(app, asked, planPriceRoutes, planPriceAnswers({ call }))
  registerRoutes(app, asked, steeringRoutes, steeringAnswers({ call }))
  registerRoutes(app, asked, surgeryRoutes, surgeryAnswers({ call }))
  registerRoutes(app, asked, approvalRoutes, approvalAnswers({ call, sendPayload }))
  registerRoutes(app, asked, bookmarkRoutes, bookmarkAnswers({ call }))
  registerRoutes(app, asked, tapeRoutes, tapeAnswers({ call }))
  registerRoutes(app, asked, timelineRoutes, timelineAnswers({ call, history }))
  registerRoutes(app, asked, analyticsRoutes, analyticsAnswers({ call }))
  const makePdf = createPdfMaker({ log })
  const exportParts = { call, history, sendPayload, makePdf, publicUrl: config.PUBLIC_URL }
  registerRoutes(app, asked, exportRoutes, exportAnswers(exportParts))
  registerRoutes(app, asked, importRoutes, importAnswers({ call }))
  registerRoutes(app, asked, payloadRoutes, payloadAnswers({ sendPayload }))
  registerRoutes(app, asked, queueRoutes, queueAnswers({ call, prepareTask }))
  registerRoutes(app, asked, budgetRoutes, budgetAnswers({ call }))
  registerRoutes(app, asked, costRoutes, costAnswers({ call }))
  registerRoutes(app, asked, recoveryRoutes, recoveryAnswers({ call }))
  registerRoutes(app, asked, errorRoutes, errorAnswers({ call }))
  registerRoutes(app, asked, providerRoutes, providerAnswers({ call }))
  registerRoutes(app, asked, catalogueRoutes, catalogueAnswers({ call }))
  registerRoutes(app, asked, priceRoutes, priceAnswers({ call }))
  registerRoutes(app, asked, modelRoutes, modelAnswers({ call }))
  registerRoutes(app, asked, providerKeyRoutes, providerKeyAnswers({ call }))
  registerRoutes(app, asked, systemRoutes, systemAnswers({ system, descriptions }))
  const onSignedOut = live.closeSession
  const sessionParts = { sessions, signInByToken, onSignedOut, secureCookies }
  registerRoutes(app, asked, sessionRoutes, sessionAnswers(sessionParts))
  live.register(app)
  await serveConsole({ app, webDist, signInByToken })
  await app.ready()

  const sweep = createSweep({ log, tables: [claims, sessions] })
  return {
    app,
    stop: async () => {
      sweep.stop()
      await app.close()
      live.stop()
    },
  }
}
