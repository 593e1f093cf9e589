import { embedTexts } from '@maestro/contracts/llm/embed-endpoints'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { newToken } from '@maestro/service-kit/new-id'
import { createPayloadReader } from '@maestro/service-kit/payload-reader'
import { createPayloadStore } from '@maestro/service-kit/payload-store'
import {
  implement,
  type Implementation,
  serve,
  type ServeOptions,
} from '@maestro/service-kit/serve'
import type { ServiceBase } from '@maestro/service-kit/start-service'
import { startAnswerCache } from './cache/answer-cache.ts'
import type { CacheScope } from './cache/request-key.ts'
import { callUseAnswers } from './call-use/call-use-answers.ts'
import { createCallRunner } from './call/call-runner.ts'
import { openProviderGate } from './conditions/open-provider-gate.ts'
import { tellStateChanges } from './conditions/state-facts.ts'
import { createEmbedTexts } from './embed/embed-texts.ts'
import { routerEndpoints } from './endpoints.ts'
import { createCallJournal } from './journal/call-journal.ts'
import { startJournalSweep } from './journal/journal-sweep.ts'
import { keepLeases } from './journal/keep-leases.ts'
import { voidEarlierLeases } from './journal/leases.ts'
import type { Keys } from './keys/start-keys.ts'
import type { PlaceLimits } from './places/places.ts'
import type { ProviderRegistry } from './provider-registry.ts'
import { errorAnswers } from './errors/error-answers.ts'
import { recoveryAnswers } from './recovery/recovery-answers.ts'
import { startRecoveryKeeper } from './recovery/recovery-keeper.ts'
import { startPriceList } from './strategy/price-list.ts'
import { candidateAnswers } from './strategy/candidate-answers.ts'
import { strategyAnswers } from './strategy/strategy-answers.ts'
import { startStrategyKeeper } from './strategy/strategy-keeper.ts'
import { createSettler } from './settle/settler.ts'
import { putSettlement } from './settle/settlement-store.ts'
import { createCancelCalls } from './work/cancel-calls.ts'
import { listenForCancels } from './work/listen-for-cancels.ts'
import { serveWork } from './work/serve-work.ts'

/** Shutdown as a whole has nine seconds: what is left after this is for the journal and the settlements. */
const finishMsMax = 7_000

/** One worker, from its parts. The registry is given, so that tests can put providers of their own behind everything else. */
export const startRouter = async ({
  base: { log, nats, sql, call },
  registry,
  keys,
  endpoints = [],
  outages = [],
  copy,
  inboxPrefix,
  redisUrl,
  placeLimits,
  callsInFlightMax,
  cacheScope,
}: {
  base: Pick<ServiceBase, 'log' | 'nats' | 'sql' | 'call'>
  registry: ProviderRegistry
  keys: Pick<Keys, 'endpoints' | 'learn'>
  /** Of what stands beside calls. */
  endpoints?: readonly Implementation[]
  /** What this worker publishes beside calls, as far as it cannot. */
  outages?: NonNullable<ServeOptions['outages']>
  copy: string
  inboxPrefix: string | undefined
  redisUrl: string | undefined
  placeLimits: PlaceLimits
  callsInFlightMax: number
  cacheScope: CacheScope
}): Promise<{ stop: () => Promise<void> }> => {
  const identity = { copy, incarnation: `${copy}/${newToken()}` }
  const voided = await voidEarlierLeases(sql, identity)
  if (voided > 0) log.warn({ calls: voided }, 'an earlier life of this copy left calls running')

  const payloads = createPayloadStore({ sql, service: 'llm-router' })
  const reader = createPayloadReader({ call })
  const readText = (ref: PayloadRef) =>
    ref.service === 'llm-router' ? payloads.readText(ref.sha256) : reader.readText(ref)
  const worker = identity.incarnation
  const gate = await openProviderGate({
    redisUrl,
    worker,
    limits: placeLimits,
    onChange: tellStateChanges({ sql, log }),
    log,
  })
  const conditions: typeof gate.conditions = {
    ...gate.conditions,
    learn: (subject, failure, trialId) => {
      gate.conditions.learn(subject, failure, trialId)
      keys.learn(subject.keyId, failure)
    },
  }
  const recovery = await startRecoveryKeeper({ sql, log })
  const strategy = await startStrategyKeeper({ sql, log })
  const prices = startPriceList({ call, log })
  const journal = createCallJournal({ sql, payloads, identity })
  const settler = createSettler({ sql, call, log })
  const settlements = {
    send: settler.send,
    put: (settlement: Parameters<typeof settler.send>[0]) => putSettlement(sql, settlement),
  }
  const cache = startAnswerCache({ sql, payloads, scope: cacheScope, log })
  const place = {
    call,
    nats,
    journal,
    log,
    registry,
    ...gate,
    conditions,
    readText,
    settlements,
    cache,
    recovery,
    strategy,
    prices,
  }
  const runner = createCallRunner({ ...place, payloads })

  const leases = keepLeases({ sql, log, identity, owned: runner.owned, onLost: runner.lose })
  const sweep = startJournalSweep({ sql, log })
  const cancels = listenForCancels({ nats, runner })
  const served = await serve({ nats, log, service: 'llm-router', version: '0.1.0', outages }, [
    ...routerEndpoints({
      sql,
      payloads,
      registry,
      gate,
      cancel: createCancelCalls({ sql, nats }),
    }),
    ...recoveryAnswers({ keeper: recovery, sql }),
    ...errorAnswers({ sql }),
    ...keys.endpoints({ onAccepted: conditions.forgiveKey }),
    ...endpoints,
    ...strategyAnswers({ keeper: strategy }),
    ...callUseAnswers({ sql }),
    ...candidateAnswers({ sql, registry, conditions, strategy }),
    implement(embedTexts, createEmbedTexts({ runner })),
  ])
  const work = await serveWork({ nats, inboxPrefix, log, runner, callsInFlightMax })

  return {
    stop: async () => {
      await work.stop(finishMsMax)
      leases.stop()
      sweep.stop()
      await cache.stop()
      recovery.stop()
      strategy.stop()
      prices.stop()
      await settler.stop()
      await cancels.stop()
      await served.stop()
      await gate.stop()
    },
  }
}
