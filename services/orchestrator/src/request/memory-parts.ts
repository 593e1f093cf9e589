import type { TextPart } from '@maestro/contracts/llm/call-work'
import { memoriesAt } from '@maestro/task-model/judge/task-memory'
import type { BornTask } from '@maestro/task-model/task'
import { attribute } from './text-parts.ts'

/** What the task remembered when a turn started: the first `count` memories, the newest under each key. */
export const memoryParts = ({ memories = [] }: BornTask, count = 0): TextPart[] =>
  memoriesAt(memories, count).map(({ key, text, stepId }) => ({
    text: `<memory${attribute('key', key)}${attribute('from', stepId)}>\n${text}\n</memory>\n`,
  }))
