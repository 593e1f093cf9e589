import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { keyOf } from '@maestro/testkit/providers/tool-using-model'
import { answerBytes, answerMs } from './orchestrator/diamond.ts'
import type { QuestionSeen } from './router/emulator-process.ts'

// A process of its own, so that its processor time is not that of whoever measures.

let tells = false
process.on('message', (wanted) => {
  tells = wanted === true
})
process.once('disconnect', () => process.exit(0))
const emulator = await startProviderEmulator({
  provider: 'groq',
  requestsKept: 0,
  script: {
    answer: (request) => {
      const atMs = performance.timeOrigin + performance.now()
      if (tells) process.send?.({ question: keyOf(request), atMs } satisfies QuestionSeen)
      return { text: 'x'.repeat(answerBytes), headersDelayMs: answerMs }
    },
  },
})
process.send?.({ url: emulator.url })
