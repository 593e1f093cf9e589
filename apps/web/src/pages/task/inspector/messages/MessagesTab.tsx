import type { AgentId, StepId } from '@maestro/contracts/ids'
import { useCallback, useMemo } from 'react'
import { useShown } from '../../task-context.ts'
import type { Seek } from '../../use-position.ts'
import { useStepEvents } from '../use-step-events.ts'
import { threadEntries } from './thread-entries.ts'
import { ThreadList } from './ThreadList.tsx'

type Props = {
  stepId: StepId
  agentId: AgentId
  /** What scrolls. Null before it is there. */
  frame: HTMLElement | null
  onSeek: Seek
}

/** Who said what to whom in a step: agents, tools, observers and people, each at its moment. */
export const MessagesTab = ({ stepId, agentId, frame, onSeek }: Props) => {
  const { events, isWhole } = useStepEvents(stepId)
  const agents = useShown((task) => task.agents, null)
  const nameOf = useCallback((id: AgentId) => agents?.[id]?.name ?? id, [agents])
  const entries = useMemo(
    () => threadEntries(events, { own: nameOf(agentId), nameOf }),
    [events, agentId, nameOf],
  )
  return (
    <>
      {!isWhole && (
        <p role="status" className="mb-3 text-13 text-text-2">
          The newest messages are on their way.
        </p>
      )}
      {entries.length === 0 && isWhole && (
        <p className="text-14 text-text-2">
          Nobody has said anything in this step yet. What its agent, tools, observers and people say
          to each other stands here.
        </p>
      )}
      <ThreadList entries={entries} frame={frame} onSeek={onSeek} />
    </>
  )
}
