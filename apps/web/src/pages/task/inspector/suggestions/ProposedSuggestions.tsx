import type { AgentId } from '@maestro/contracts/ids'
import { Check, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useTaskSession, useView } from '../../task-context.ts'
import { dismissedSuggestions } from './dismissed-suggestions.ts'
import { proposedSuggestions } from './proposed-suggestions.ts'

type Props = { agentId: AgentId; whyNot: string | null; onAccept: (text: string) => void }

/** What observers found about an agent: accepted, it is told so from its next attempt on. */
export const ProposedSuggestions = ({ agentId, whyNot, onAccept }: Props) => {
  const { taskId } = useTaskSession()
  const task = useView((view) => view.task)
  const [dismissed, setDismissed] = useState(() => dismissedSuggestions.read(taskId))
  const [last, setLast] = useState<string | null>(null)
  const proposed = useMemo(
    () => (task.status === 'unborn' ? [] : proposedSuggestions(task, agentId)),
    [task, agentId],
  )
  const write = (ids: readonly string[]) => {
    dismissedSuggestions.write(taskId, ids)
    setDismissed(ids)
  }
  const open = proposed.filter(({ id }) => !dismissed.includes(id))
  if (open.length === 0 && last === null) return null
  return (
    <div className="mt-3">
      <h4 className="mb-1 text-13 font-medium">Found by observers</h4>
      <ul className="flex flex-col divide-y divide-line">
        {open.map(({ id, author, reason, text }) => (
          <li key={id} className="py-2 first:pt-0">
            <p className="text-13 break-words text-text-2">{text}</p>
            <p className="mt-0.5 text-12 text-text-3">
              {author}, {reason}
            </p>
            <p className="mt-1.5 flex gap-2">
              <Button
                size="small"
                icon={Check}
                unavailable={whyNot}
                hint="Becomes a suggestion to the agent: you see the change before it is saved"
                onClick={() => onAccept(text)}
              >
                Accept
              </Button>
              <Button
                size="small"
                look="quiet"
                icon={X}
                hint="Not shown again in this browser"
                onClick={() => {
                  write([...dismissed, id])
                  setLast(id)
                }}
              >
                Dismiss
              </Button>
            </p>
          </li>
        ))}
      </ul>
      <p role="status" className="text-13 text-text-3">
        {last !== null && (
          <>
            Dismissed in this browser.{' '}
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                write(dismissed.filter((id) => id !== last))
                setLast(null)
              }}
            >
              Undo
            </Button>
          </>
        )}
      </p>
    </div>
  )
}
