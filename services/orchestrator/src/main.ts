import { fileURLToPath } from 'node:url'
import { anyBudgetEventSubject } from '@maestro/contracts/bus/subjects'
import { loadConfig } from '@maestro/service-kit/config'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { newToken } from '@maestro/service-kit/new-id'
import { createPayloadReader } from '@maestro/service-kit/payload-reader'
import { createPayloadStore } from '@maestro/service-kit/payload-store'
import { serve } from '@maestro/service-kit/serve'
import { startService } from '@maestro/service-kit/start-service'
import { createStreamPublisher } from '@maestro/service-kit/stream-publisher'
import { createLookForMoney } from './budget/look-for-money.ts'
import { createRaiseBudget } from './budget/raise-budget.ts'
import { resumeWithBudget } from './budget/resume-with-budget.ts'
import { createTasksWithoutMoney } from './budget/tasks-without-money.ts'
import { createCommandHandler } from './command/command-handler.ts'
import { createCreateTask } from './command/create-task.ts'
import { createMilestoneLog } from './command/log-milestones.ts'
import { createOncePerKey } from './command/once-per-key.ts'
import { createSnapshotKeeper } from './command/snapshot-keeper.ts'
import { createTaskCache } from './command/task-cache.ts'
import { createTraceOfTask } from './command/trace-of-task.ts'
import { Config } from './config.ts'
import { databaseOptions } from './database-options.ts'
import { auditEndpoints } from './endpoints/audit-endpoints.ts'
import { approvalEndpoints } from './endpoints/approval-endpoints.ts'
import { bookmarkEndpoints } from './endpoints/bookmark-endpoints.ts'
import { draftingEndpoints } from './endpoints/drafting-endpoints.ts'
import { importEndpoints } from './endpoints/import-endpoints.ts'
import { pricePlanEndpoint } from './endpoints/price-plan.ts'
import { steeringEndpoints } from './endpoints/steering-endpoints.ts'
import { surgeryEndpoints } from './endpoints/surgery-endpoints.ts'
import { tapeEndpoints } from './endpoints/tape-endpoints.ts'
import { taskEndpoints } from './endpoints/task-endpoints.ts'
import { uploadEndpoints } from './endpoints/upload-endpoints.ts'
import { createCallDesk } from './reactor/call-desk.ts'
import { createEffectStore } from './reactor/effect-store.ts'
import { createGiveUpEffect } from './reactor/give-up-effect.ts'
import { createGate } from './reactor/gate.ts'
import { startReactor } from './reactor/reactor.ts'
import { createRunCall } from './reactor/run-call.ts'
import { createRunCondition } from './reactor/run-condition.ts'
import { createRunExpansion } from './reactor/run-expansion.ts'
import { createRunEffect } from './reactor/run-effect.ts'
import { createRunTool } from './reactor/run-tool.ts'
import { createOutbox } from './relay/outbox.ts'
import { startRelay } from './relay/relay.ts'
import { createCommit } from './store/commit.ts'
import { createEventStore } from './store/event-store.ts'
import { createOwnPayloadReader } from './store/own-payload-reader.ts'
import { readRulesVersion } from './store/rules-version.ts'
import { createSnapshotStore } from './store/snapshot-store.ts'
import { createTaskLists } from './store/task-lists.ts'
import { startSweep } from './sweep.ts'
import { askPerson } from './tools/ask-person.ts'
import { loadToolModules } from './tools/load-tool-modules.ts'
import { readInput } from './tools/read-input.ts'
import { createRunJavascript } from './tools/run-javascript.ts'
import { createSandboxPool } from './tools/sandbox/sandbox-pool.ts'
import { createToolRegistry } from './tools/tool-registry.ts'

const config = loadConfig(Config, process.env)
const base = await startService('orchestrator', config, {
  migrations: fileURLToPath(new URL('../drizzle', import.meta.url)),
  database: databaseOptions,
})
const { log, nats, sql, call } = base
/** This process, told apart from an earlier one of the same name. */
const owner = `${config.COPY_NAME}-${newToken()}`

const events = createEventStore({ sql })
const lists = createTaskLists({ sql })
const payloads = createPayloadStore({ sql, service: 'orchestrator' })
const reader = createOwnPayloadReader({ own: payloads, others: createPayloadReader({ call }) })
const snapshotStore = createSnapshotStore({ sql, model: await readRulesVersion() })
await snapshotStore.dropOthers()
const snapshots = createSnapshotKeeper({ store: snapshotStore, log })
const cache = createTaskCache({ events, snapshots })
const outbox = createOutbox({ sql })
const stream = createStreamPublisher(nats, config.NATS_INBOX_PREFIX)
const relay = await startRelay({ nats, stream, sql, postgresUrl: config.POSTGRES_URL, outbox, log })

const logMilestones = createMilestoneLog({ log })
const commit = createCommit({ sql, payloads, owner })
const commands = createCommandHandler({
  cache,
  commit,
  onCommitted: ({ events: committed, effects: asked }) => {
    relay.handOver(committed)
    reactor.handOver(asked)
    logMilestones(committed)
  },
  onDoubt: () => reactor.lookForStranded(),
})

const sandbox = createSandboxPool()
const tools = [
  readInput,
  createRunJavascript({ sandbox }),
  askPerson,
  ...(await loadToolModules(config.TOOL_MODULES, process.env)),
]
const registry = createToolRegistry(tools)
const desk = createCallDesk({
  nats,
  stream,
  inbox: `${config.NATS_INBOX_PREFIX ?? '_INBOX'}.calls.${newToken()}`,
  log,
})
const effects = createEffectStore({ sql, owner, copyName: config.COPY_NAME })
const reactor = await startReactor({
  store: effects,
  run: createRunEffect({
    runCall: createRunCall({
      cache,
      commands,
      desk,
      store: effects,
      payloads: reader,
      registry,
      callTimeoutMs: config.CALL_TIMEOUT_MS,
      log,
    }),
    runCondition: createRunCondition({ cache, commands, payloads: reader, store: effects }),
    runExpansion: createRunExpansion({ cache, commands, payloads: reader, store: effects }),
    runTool: createRunTool({
      cache,
      commands,
      registry,
      payloads: reader,
      store: effects,
      gate: createGate(config.TOOLS_IN_FLIGHT_MAX),
    }),
    lookForMoney: createLookForMoney({ commands, call }),
    raiseBudget: createRaiseBudget({ commands, call }),
    commands,
    store: effects,
    call,
  }),
  giveUp: createGiveUpEffect({ commands }),
  traceparentOf: createTraceOfTask({
    sql,
    traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  }),
  log,
})

const budgets = await consumeEvents({
  nats,
  log,
  durable: 'orchestrator-budgets',
  filterSubject: anyBudgetEventSubject,
  handle: resumeWithBudget({ waiting: createTasksWithoutMoney({ sql }), commands }),
})

const oncePerKey = createOncePerKey({ sql, commands })
const createOne = createCreateTask({
  sql,
  commands,
  payloads,
  toolNames: tools.map(({ name }) => name),
})
const outages = [relay.outage, desk.outage]
const served = await serve({ nats, log, service: 'orchestrator', version: '0.1.0', outages }, [
  ...steeringEndpoints({ commands: oncePerKey, cache, tools, call }),
  ...auditEndpoints({ events, payloads }),
  ...surgeryEndpoints({ commands: oncePerKey, tools }),
  ...taskEndpoints({ createOne, commands: oncePerKey, events, cache, lists, tools }),
  ...approvalEndpoints({ commands: oncePerKey, lists, registry, tools }),
  ...draftingEndpoints({ commands: oncePerKey }),
  pricePlanEndpoint({ cache, call }),
  ...uploadEndpoints({ payloads }),
  ...bookmarkEndpoints({ commands, cache }),
  ...tapeEndpoints({ events, payloads: reader, registry }),
  ...importEndpoints({ sql, events, payloads, cache, commit, onCommitted: relay.handOver, log }),
])
const sweep = startSweep({ payloads, commands: oncePerKey, log })
log.info('ready')

onShutdown(log, async () => {
  sweep.stop()
  await served.stop()
  await budgets.stop()
  await reactor.stop()
  await commands.idle()
  await snapshots.idle()
  await desk.stop()
  await sandbox.close()
  await relay.stop()
  stream.stop()
  await base.close()
})
