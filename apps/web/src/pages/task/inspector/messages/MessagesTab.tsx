import type { AgentId, StepId } from '@maestro/contracts/ids'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo } from 'react'
import { useShown } from '../../task-context.ts'
import type { Seek } from '../../use-position.ts'
import { useStepEvents } from '../use-step-events.ts'
import { threadEntries } from './thread-entries.ts'
import { ThreadMessage } from './ThreadMessage.tsx'

type Props = {
  stepId: StepId
  agentId: AgentId
  /** What scrolls. Null before it is there. */
  frame: HTMLElement | null
  onSeek: Seek
}

/** A message before it is measured. */
const estimatedPx = 72

/** Who said what to whom in a step: agents, tools, observers and people, each at its moment. */
export const MessagesTab = ({ stepId, agentId, frame, onSeek }: Props) => {
  const { events, isWhole } = useStepEvents(stepId)
  const agents = useShown((task) => task.agents, null)
  const nameOf = useCallback((id: AgentId) => agents?.[id]?.name ?? id, [agents])
  const entries = useMemo(
    () => threadEntries(events, { agentId, nameOf }),
    [events, agentId, nameOf],
  )
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => frame,
    estimateSize: () => estimatedPx,
    getItemKey: (index) => entries[index]?.seq ?? index,
    overscan: 8,
  })
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
      <ol aria-label="Messages" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const entry = entries[index]
          return (
            entry && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={entries.length}
                className="absolute inset-x-0 pb-3"
                style={{ top: start }}
              >
                <ThreadMessage entry={entry} onSeek={onSeek} />
              </li>
            )
          )
        })}
      </ol>
    </>
  )
}
