import type { BenchSystem } from './bench-system.ts'
import { runCalls } from './call-loop.ts'
import type { QuestionSeen } from './emulator-process.ts'
import type { RoutedCalls } from './routed-calls.ts'
import { startSpanReceiver } from './span-receiver.ts'
import { type Stages, stagesOf } from './stages.ts'

const warmUpCalls = 1_500
const tracedCalls = 1_000
const runMs = 20_000

/** Makes calls one after the other, with traces on, and tells where their time goes. */
export const measureStages = async (system: BenchSystem, calls: RoutedCalls): Promise<Stages> => {
  await system.stopServices()
  const receiver = await startSpanReceiver()
  try {
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }
    await system.startBudget(traced)
    await system.startWorker(traced)
    await runCalls(calls.of(0), { inFlight: 32, runMs, callsMax: warmUpCalls })
    const asked = new Map<string, { askedAtMs: number; endedAtMs: number }>()
    const seen: QuestionSeen[] = []
    calls.tell((callId, askedAtMs, endedAtMs) => asked.set(callId, { askedAtMs, endedAtMs }))
    system.emulator.tell((one) => seen.push(one))
    await runCalls(calls.of(0), { inFlight: 1, runMs, callsMax: tracedCalls })
    calls.tell(null)
    system.emulator.tell(null)
    // Stopping sends the last spans.
    await system.stopServices()
    return stagesOf(receiver.spans, { asked, seen })
  } finally {
    receiver.stop()
  }
}
