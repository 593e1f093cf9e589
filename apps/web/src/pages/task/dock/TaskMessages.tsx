import type { AgentId, StepId } from '@maestro/contracts/ids'
import { useMemo, useState } from 'react'
import { isTalk, type TaskThreadEntry, taskThread } from '../inspector/messages/task-thread.ts'
import { ThreadList } from '../inspector/messages/ThreadList.tsx'
import { useEventsThat } from '../inspector/use-events-that.ts'
import { useShown } from '../task-context.ts'
import type { Seek } from '../use-position.ts'

type Props = { onSeek: Seek; onSelect: (stepId: string) => void }

/** What agents, tools, observers and people say to each other in the whole task. */
export const TaskMessages = ({ onSeek, onSelect }: Props) => {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const { events, isWhole } = useEventsThat('messages', isTalk)
  const agents = useShown((task) => task.agents, null)
  const order = useShown((task) => task.order, null)
  // Whose a step is and how it is called changes with the plan, and not with what happens in it.
  const plan = useShown((task) => task.versions, null)
  const steps = useShown((task) => task.steps, null)
  const cast = useMemo(
    () => ({
      agentOf: (stepId: StepId) => steps?.[stepId]?.agentId ?? null,
      nameOf: (agentId: AgentId) => agents?.[agentId]?.name ?? agentId,
    }),
    // oxlint-disable-next-line react/exhaustive-deps
    [agents, order, plan],
  )
  const entries = useMemo(() => taskThread(events, cast), [events, cast])
  // Named where another one speaks than before.
  const before = ({ stepId }: TaskThreadEntry, last: TaskThreadEntry | undefined) =>
    stepId !== null &&
    stepId !== last?.stepId && (
      <button
        type="button"
        onClick={() => onSelect(stepId)}
        className="mb-0.5 ml-7 block max-w-full truncate rounded-4 text-12 font-medium text-text-2 hover:text-accent hover:underline pointer-coarse:h-11"
      >
        {steps?.[stepId]?.title ?? stepId}
      </button>
    )
  return (
    <div
      ref={setFrame}
      tabIndex={0}
      role="region"
      aria-label="Messages of the task"
      className="h-full overflow-y-auto px-4 py-2 focus-visible:outline-offset-[-2px]"
    >
      {!isWhole && (
        <p role="status" className="mb-2 text-13 text-text-2">
          The newest messages are on their way.
        </p>
      )}
      {entries.length === 0 && isWhole && (
        <p className="text-13 text-text-3">Nobody has said anything yet.</p>
      )}
      <ThreadList entries={entries} frame={frame} onSeek={onSeek} before={before} />
    </div>
  )
}
