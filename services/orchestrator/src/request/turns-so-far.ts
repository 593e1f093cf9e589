import type { WorkMessage } from '@maestro/contracts/llm/call-work'
import type { Turn } from '@maestro/task-model/task'
import { repairText } from './repair-text.ts'

/** A request holds 512 messages; the frame around the turns takes the rest. */
const turnMessagesMax = 500

/**
 * The turns of an attempt as the model knows them: what it said, what its tools answered, what had to
 * be repaired. The last turn is the one that is asked for. Of very many the newest are told.
 */
export const turnsSoFar = (
  turns: readonly Turn[],
  /** What people said just before a turn. */
  saidBefore: (turn: Turn) => WorkMessage[] = () => [],
): WorkMessage[] => {
  const last = turns.at(-1)
  const asked = last ? [...saidBefore(last), ...repairMessage(last), ...remarkMessage(last)] : []
  const told: WorkMessage[][] = []
  let count = asked.length
  for (const turn of turns.slice(0, -1).toReversed()) {
    const messages = [...saidBefore(turn), ...turnMessages(turn)]
    if (count + messages.length > turnMessagesMax) {
      told.push([leftOut])
      break
    }
    count += messages.length
    told.push(messages)
  }
  return [...told.toReversed().flat(), ...asked]
}

const leftOut: WorkMessage = {
  role: 'user',
  content: [{ text: 'Your earlier turns are left out here: there were very many of them.' }],
}

const turnMessages = (turn: Turn): WorkMessage[] => {
  if (turn.answer === null) return []
  return [
    ...repairMessage(turn),
    ...remarkMessage(turn),
    { role: 'assistant', answer: turn.answer },
    ...turn.toolUses.map(({ toolCallId, tool, result }): WorkMessage => ({
      role: 'tool',
      toolCallId,
      name: tool,
      content: result ? [{ ref: result }] : [{ text: 'The tool was not run.' }],
    })),
  ]
}

const repairMessage = ({ repair }: Turn): WorkMessage[] =>
  repair === null ? [] : [{ role: 'user', content: [{ text: repairText(repair) }] }]

/** Whoever observes the step wants the next turn to mind this. */
const remarkMessage = ({ remark }: Turn): WorkMessage[] =>
  remark === undefined
    ? []
    : [{ role: 'user', content: [{ text: `The observer of your step remarks: ${remark}` }] }]
