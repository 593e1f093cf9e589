import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { answerBytes, answerMs } from './orchestrator/diamond.ts'

// A process of its own, so that its processor time is not that of whoever measures.

process.once('disconnect', () => process.exit(0))
const emulator = await startProviderEmulator({
  provider: 'groq',
  requestsKept: 0,
  script: { answer: () => ({ text: 'x'.repeat(answerBytes), headersDelayMs: answerMs }) },
})
process.send?.({ url: emulator.url })
