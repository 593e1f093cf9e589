import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { RotateCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { messageOf } from '../../../api/request-id.ts'
import { Button } from '../../../ui/Button.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { useTaskSession } from '../task-context.ts'
import { AgentForm } from './AgentForm.tsx'
import { type AgentText, rebaseText, useAgentText } from './agent-text.ts'
import { editAfterSent, type SentEdit } from './edit-after-sent.ts'
import { type EditWish, wished } from './edit-wish.ts'
import { type KeptEdit, keptEdits } from './kept-edits.ts'
import { SomebodyWasFirst } from './SomebodyWasFirst.tsx'

type Props = {
  agent: PlanAgent
  version: number
  /** What it is opened for; null: to be typed in. */
  wish: EditWish | null
  /** Somebody has just asked for it: the focus goes there. */
  takesFocus: boolean
  onClose: () => void
}

/** Changes P, D, T and S of an agent. What is typed is kept until it is sent or thrown away. */
export const AgentEditor = ({ agent, version, wish, takesFocus, onClose }: Props) => {
  const { taskId } = useTaskSession()
  const { agentId } = agent
  const { text: now, error, retry } = useAgentText(agent)
  const [edit, setEdit] = useState<KeptEdit | null>(() => keptEdits.read(taskId, agentId))
  const form = useRef<HTMLFormElement>(null)
  const failure = error !== null && now === null && (
    <p role="alert" className="flex flex-wrap items-center gap-2 text-13 text-failed">
      {messageOf(error)}
      <Button size="small" icon={RotateCw} onClick={retry}>
        Try again
      </Button>
    </p>
  )
  // What is typed stands whether or not the words of a newer version are here.
  const current = edit ?? (now === null ? null : { version, base: now, mine: now })
  const taken = useRef<EditWish | null>(null)
  const keep = (next: KeptEdit | null) => {
    setEdit(next)
    keptEdits.write(taskId, agentId, next)
  }
  useEffect(() => {
    // Once its words are here, and once alone: afterwards it is for the person to change.
    if (wish === null || taken.current === wish || current === null) return
    taken.current = wish
    keep({ ...current, mine: wished(current.mine, wish) })
  })
  if (current === null) return failure || <SkeletonRows rows={4} label="Loading the agent" />
  const putOn = (newer: AgentText) => {
    const mine = rebaseText(current.base, newer, current.mine)
    // The button goes with this; who pressed it goes on at what their changes are now.
    flushSync(() => keep({ version, base: newer, mine }))
    const changes = form.current?.querySelector<HTMLElement>('[data-changes] button')
    const place = changes ?? form.current
    place?.scrollIntoView({ block: 'start' })
    place?.focus({ preventScroll: true })
  }
  const drop = () => {
    keep(null)
    onClose()
  }
  const afterSent = (sent: SentEdit) => {
    // The form may have been left and opened anew meanwhile: what is kept is what was typed last.
    const rest = editAfterSent(keptEdits.read(taskId, agentId) ?? edit, sent)
    if (rest === null) drop()
    else keep(rest)
  }
  return (
    <div className="flex flex-col gap-4">
      {/* After one's own change the version that it made may not have been told here yet. */}
      {version > current.version && (
        <SomebodyWasFirst
          version={version}
          begunFrom={current.version}
          what="my changes"
          unavailable={now === null ? 'Its words are not here yet' : null}
          onPut={() => {
            if (now !== null) putOn(now)
          }}
        />
      )}
      {failure}
      <AgentForm
        agentId={agentId}
        name={agent.name}
        base={current.base}
        value={current.mine}
        version={current.version}
        isStale={version > current.version}
        takesFocus={takesFocus}
        form={form}
        onValue={(mine: AgentText) => keep({ ...current, mine })}
        onSent={afterSent}
        onDrop={drop}
      />
    </div>
  )
}
