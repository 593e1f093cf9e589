import { readBrief } from '@maestro/contracts/llm/brief'
import type { EmulatedReply, EmulatedRequest } from './emulator-script.ts'
import { goalOf, questionOf } from './goal-of.ts'

/** What a request is about: the goal names the task, the title the step, the count of answers the turn. */
export const keyOf = (request: Pick<EmulatedRequest, 'messages'>): string => {
  const brief = readBrief(questionOf(request))
  const title = brief.purpose === 'step' ? brief.title : brief.purpose
  const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1
  return `${goalOf(request)} | ${title} | ${turn}`
}

const readNotes = () => ({ name: 'read_input', arguments: { name: 'notes.txt' } })

/** Answers a step as a model would that calls a tool first (reads its input) and then says what it found; slowly, so that a kill finds it talking. */
export const toolUsingModel =
  ({
    pieceDelayMs,
    toolCallOf = readNotes,
  }: {
    pieceDelayMs: number
    toolCallOf?: (request: EmulatedRequest) => { name: string; arguments: Record<string, unknown> }
  }) =>
  (request: EmulatedRequest): EmulatedReply => {
    const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1
    if (turn === 1 && request.tools.length > 0) {
      return {
        toolCalls: [toolCallOf(request)],
        headersDelayMs: pieceDelayMs * 4,
      }
    }
    return {
      text: Array.from(
        { length: 8 },
        (_, index) => `Part ${index} of the answer to ${keyOf(request)}. `,
      ),
      pieceDelayMs,
    }
  }
