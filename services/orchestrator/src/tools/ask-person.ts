import { askPersonTool } from '@maestro/contracts/task/tool-question'
import { z } from 'zod'
import { defineTool } from './tool.ts'
import { ToolProblem } from './tool-problem.ts'

/** What a person is asked stands in an approval, and their answer is the tool's: nothing runs here. */
export const askPerson = defineTool({
  name: askPersonTool,
  description:
    'Asks the person who watches this task, and answers with their words. It may take days, and nobody may ' +
    'answer at all: ask only what you cannot find out and cannot go on without, everything in one question.',
  input: z.object({
    question: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .describe('The question, with what one has to know.'),
    choices: z
      .array(z.string().min(1).max(200))
      .max(10)
      .optional()
      .describe('Answers to choose from; the person may answer otherwise.'),
  }),
  repeat: 'idempotent',
  timeoutMs: 1_000,
  run: () => Promise.reject(new ToolProblem('Nobody was asked. Ask again.')),
})
