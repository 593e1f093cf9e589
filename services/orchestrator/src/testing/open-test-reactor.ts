import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createLogger } from '@maestro/service-kit/logger'
import { createPayloadReader } from '@maestro/service-kit/payload-reader'
import { createStreamPublisher } from '@maestro/service-kit/stream-publisher'
import type { PrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createLookForMoney } from '../budget/look-for-money.ts'
import { createRaiseBudget } from '../budget/raise-budget.ts'
import { createCallDesk } from '../reactor/call-desk.ts'
import { createGate } from '../reactor/gate.ts'
import { createGiveUpEffect } from '../reactor/give-up-effect.ts'
import { type RunEffect, startReactor } from '../reactor/reactor.ts'
import { createRunCall } from '../reactor/run-call.ts'
import { createRunCondition } from '../reactor/run-condition.ts'
import { createRunExpansion } from '../reactor/run-expansion.ts'
import { createRunEffect } from '../reactor/run-effect.ts'
import { createRunTool } from '../reactor/run-tool.ts'
import { createOwnPayloadReader } from '../store/own-payload-reader.ts'
import { readInput } from '../tools/read-input.ts'
import { createToolRegistry } from '../tools/tool-registry.ts'
import type { TestCopy } from './open-test-store.ts'

const log = createLogger({ service: 'orchestrator', copy: 'test', level: 'silent' })
let opened = 0

/** A copy that also runs what its commands ask for, as the service does; `through` may come between. */
export const openTestReactor = async (
  copy: TestCopy,
  bus: PrivateNats,
  { through = (run) => run }: { through?: (run: RunEffect) => RunEffect } = {},
) => {
  opened += 1
  const nats = await connectNats(bus.env('orchestrator'), copy.owner)
  const stream = createStreamPublisher(nats, '_INBOX_orchestrator')
  const { cache, commands, effects: store } = copy
  const call = createCaller({ nats, service: 'orchestrator' })
  const payloads = createOwnPayloadReader({
    own: copy.payloads,
    others: createPayloadReader({ call }),
  })
  const registry = createToolRegistry([readInput])
  const inbox = `_INBOX_orchestrator.calls.${copy.owner}-${opened}`
  const desk = createCallDesk({ nats, stream, inbox, log })
  const run = createRunEffect({
    runCall: createRunCall({
      cache,
      commands,
      desk,
      store,
      payloads,
      registry,
      callTimeoutMs: 60_000,
      log,
    }),
    runTool: createRunTool({ cache, commands, registry, payloads, store, gate: createGate(8) }),
    runCondition: createRunCondition({ cache, commands, payloads, store }),
    runExpansion: createRunExpansion({ cache, commands, payloads, store }),
    lookForMoney: createLookForMoney({ commands, call }),
    raiseBudget: createRaiseBudget({ commands, call }),
    commands,
    store,
    call,
  })
  const reactor = await startReactor({
    store,
    run: through(run),
    giveUp: createGiveUpEffect({ commands }),
    traceparentOf: async () => undefined,
    log,
    retryMsMin: 10,
  })
  copy.onCommitted(({ effects }) => reactor.handOver(effects))
  return {
    reactor,
    registry,
    payloads,
    stop: async () => {
      await reactor.stop()
      await desk.stop()
      stream.stop()
      await nats.close()
    },
  }
}
