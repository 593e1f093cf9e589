import { readBrief } from '@maestro/contracts/llm/brief'
import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { goalOf, questionOf } from '@maestro/testkit/providers/goal-of'

const pieces = 30
const pieceDelayMs = 90
/** Each so many answers break off in the middle and are made again. */
const breaksOffEvery = 9

const agent = {
  name: 'writer',
  prompt: 'Write what you are asked for.',
  description: 'Writes.',
  tools: [],
}
const step = (name: string, needs: readonly string[]) => ({
  name,
  title: `The ${name} step`,
  agent: agent.name,
  instruction: 'Write it.',
  needs,
  promise: { description: 'The text.', format: 'markdown' },
})

/** One step, two at the same time, one at the end; each streams its answer for some three seconds. */
export const watchedTask = (number: number) => ({
  goal: `Task ${number} of the proof`,
  options: { providers: ['groq'], autonomy: 'auto' },
  plan: {
    agents: [agent],
    steps: [
      step('first', []),
      step('left', ['first']),
      step('right', ['first']),
      step('last', ['left', 'right']),
    ],
    result: 'last',
  },
})

/** Talks slowly, in characters of one to four bytes, says something else to each question, and now and then breaks off. */
export const talkativeModel = (request: EmulatedRequest): EmulatedReply => {
  const brief = readBrief(questionOf(request))
  const about = `${goalOf(request)}, ${brief.purpose === 'step' ? brief.title : brief.purpose}`
  return {
    text: Array.from(
      { length: pieces },
      (_, index) => `${index}. ${about}: größer, 雨, \u{1F327}, try ${request.nth}.\n`,
    ),
    pieceDelayMs,
    ...(request.nth % breaksOffEvery === 0
      ? { fault: { kind: 'reset' as const, afterPieces: pieces / 2 } }
      : {}),
  }
}
