import type { EmulatedRequest } from './emulator-script.ts'

/** The first user message: what Maestro asks, with its brief and its blocks. */
export const questionOf = ({ messages }: Pick<EmulatedRequest, 'messages'>): string =>
  messages.find(({ role }) => role === 'user')?.text ?? ''

/** The goal of the task that a request belongs to: in these tests it names the task. */
export const goalOf = (request: Pick<EmulatedRequest, 'messages'>): string =>
  /<goal>\s*([\s\S]*?)\s*<\/goal>/.exec(questionOf(request))?.[1] ?? ''
