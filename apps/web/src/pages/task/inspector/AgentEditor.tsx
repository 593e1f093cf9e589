import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { useState } from 'react'
import { messageOf } from '../../../api/request-id.ts'
import { Button } from '../../../ui/Button.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { useTaskSession } from '../task-context.ts'
import { AgentForm } from './AgentForm.tsx'
import { type AgentText, rebaseText, useAgentText } from './agent-text.ts'
import { type KeptEdit, keptEdits } from './kept-edits.ts'

type Props = { agent: PlanAgent; version: number; onClose: () => void }

/** Changes P, D, T and S of an agent. What is typed is kept until it is sent or thrown away. */
export const AgentEditor = ({ agent, version, onClose }: Props) => {
  const { taskId } = useTaskSession()
  const { agentId } = agent
  const { text: now, error } = useAgentText(agent)
  const [edit, setEdit] = useState<KeptEdit | null>(() => keptEdits.read(taskId, agentId))
  if (now === null)
    return error === null ? (
      <SkeletonRows rows={4} label="Loading the agent" />
    ) : (
      <p role="alert" className="text-13 text-failed">
        {messageOf(error)}
      </p>
    )
  const current = edit ?? { version, base: now, mine: now }
  const keep = (next: KeptEdit | null) => {
    setEdit(next)
    keptEdits.write(taskId, agentId, next)
  }
  const drop = () => {
    keep(null)
    onClose()
  }
  return (
    <div className="flex flex-col gap-4">
      {current.version !== version && (
        <div
          role="alert"
          className="flex flex-col items-start gap-2 border-l-3 border-waiting pl-3"
        >
          <p className="text-14">
            Somebody else was first: version {version} came while you edited version{' '}
            {current.version}. What you typed is still here.
          </p>
          <Button
            size="small"
            onClick={() =>
              keep({ version, base: now, mine: rebaseText(current.base, now, current.mine) })
            }
          >
            Put my changes on version {version}
          </Button>
        </div>
      )}
      <AgentForm
        agentId={agentId}
        name={agent.name}
        base={current.base}
        value={current.mine}
        version={current.version}
        isStale={current.version !== version}
        onValue={(mine: AgentText) => keep({ ...current, mine })}
        onSent={drop}
        onDrop={drop}
      />
    </div>
  )
}
