import type { StepId } from '@maestro/contracts/ids'
import { useShown } from '../task-context.ts'
import { memoryLines } from './memory-lines.ts'

/** What the task keeps for its later steps, and who wrote it; nothing while it keeps nothing. */
export const TaskMemories = ({ stepId }: { stepId: StepId }) => {
  const memories = useShown((task) => task.memories, undefined)
  const steps = useShown((task) => task.steps, {})
  if (memories === undefined) return null
  return (
    <section aria-label="Memory of the task" className="mb-4 flex flex-col gap-1 text-13">
      <h3 className="text-text-3">Memory of the task</h3>
      <ul className="flex flex-col gap-1">
        {memoryLines({ memories, steps }, stepId).map(({ key, text, origin, isTold }) => (
          <li key={key} className="break-words text-text-2">
            <span className="font-medium text-text">{key}:</span> {text}{' '}
            <span className="text-text-3">
              Written by {origin}
              {isTold && '; this step began with it'}.
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
