import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { answerPieces, waitMsOf } from './router/bench-answer.ts'
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
    answer: ({ messages }) => {
      const question = messages.at(-1)?.text ?? ''
      const atMs = performance.timeOrigin + performance.now()
      if (tells) process.send?.({ question, atMs } satisfies QuestionSeen)
      const headersDelayMs = waitMsOf(question)
      return { text: answerPieces, ...(headersDelayMs === 0 ? {} : { headersDelayMs }) }
    },
  },
})
process.send?.({ url: emulator.url })
