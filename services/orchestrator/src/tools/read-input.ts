import { z } from 'zod'
import { defineTool, toolResultBytesMax, type ToolContext } from './tool.ts'
import { ToolProblem } from './tool-problem.ts'

/** About 16,000 tokens: as much as a model reads well in one go. */
export const windowCharactersMax = 64 * 1024

/** The input of that name, or a problem that lists the names there are. */
const inputNamed = (context: ToolContext, name: string) => {
  const input = context.inputs.find((candidate) => candidate.name === name)
  if (input !== undefined) return input
  const names = context.inputs.map((candidate) => candidate.name)
  throw new ToolProblem(
    `This step has no input ${JSON.stringify(name.slice(0, 200))}; ` +
      (names.length === 0 ? 'it has no inputs at all.' : `it has: ${names.join(', ')}.`),
  )
}

const splitsPair = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

export const readInput = defineTool({
  name: 'read_input',
  description:
    `Reads one input file of the task as text, at most ${windowCharactersMax} characters at a time. ` +
    'Answers JSON: {name, mediaType, bytes, characters, offset, text, nextOffset}; nextOffset is null ' +
    'at the end, otherwise pass it as offset to read on.',
  input: z.object({
    name: z.string().describe('The name of the input, as the task lists it.'),
    offset: z.int().min(0).default(0).describe('The character to start at.'),
    length: z
      .int()
      .min(1)
      .max(windowCharactersMax)
      .default(windowCharactersMax)
      .describe('How many characters to read.'),
  }),
  repeat: 'idempotent',
  timeoutMs: 15_000,
  run: async ({ name, offset, length }, context) => {
    const { mediaType, bytes } = inputNamed(context, name)
    const whole = await context.readInput(name)
    const windowOf = (size: number): string => {
      const start = Math.min(offset, whole.length)
      const cut = Math.min(start + size, whole.length)
      // A window never ends inside a character of two units; one that starts there is the caller's own.
      const end = cut - start > 1 && splitsPair(whole, cut) ? cut - 1 : cut
      const nextOffset = end < whole.length ? end : null
      const text = whole.slice(start, end)
      const characters = whole.length
      return JSON.stringify({ name, mediaType, bytes, characters, offset: start, text, nextOffset })
    }
    let size = length
    let answer = windowOf(size)
    // JSON writes control characters with six bytes: such a text gets a smaller window instead of a cut one.
    while (Buffer.byteLength(answer) > toolResultBytesMax) {
      size = Math.ceil(size / 2)
      answer = windowOf(size)
    }
    return answer
  },
})
