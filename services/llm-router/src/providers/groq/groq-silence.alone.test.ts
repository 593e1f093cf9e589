import { expect, test, vi } from 'vitest'
import {
  type ContractSubject,
  ask,
  failing,
  failureOfStream,
} from '../contract/contract-subject.ts'
import { createGroqAdapter } from './groq-adapter.ts'

// A file of its own: the SDK takes hold of the console when it is first used, and a later spy sees nothing.
test('the SDK prints no answer that it cannot parse', async () => {
  const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  const groq: ContractSubject = {
    provider: 'groq',
    model: 'openai/gpt-oss-120b',
    createAdapter: (setup) => createGroqAdapter({ apiKey: 'gsk_emulated', ...setup }),
    counts: { cached: true, reasoning: true },
  }
  const setup = await failing(groq, { kind: 'broken-json', afterPieces: 1 })
  await failureOfStream(setup, ask(groq, 'x'))
  for (const print of printed) expect(print).not.toHaveBeenCalled()
})
