import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { X } from 'lucide-react'
import { Button } from '../../../../ui/Button.tsx'
import { PayloadText } from '../../PayloadText.tsx'
import { useShown } from '../../task-context.ts'
import { useEventsThat } from '../use-events-that.ts'
import { suggestionOrigin } from './suggestion-origin.ts'

type Props = { agent: PlanAgent; whyNot: string | null; onRemove: (index: number) => void }

/** S: each suggestion with who made it and why. */
export const SuggestionList = ({ agent, whyNot, onRemove }: Props) => {
  const { agentId, suggestions } = agent
  const versions = useShown((task) => task.versions, [])
  const { events } = useEventsThat(
    agentId,
    (event) => event.type === 'AgentModified' && event.data.agent.agentId === agentId,
  )
  if (suggestions.length === 0)
    return <p className="text-13 text-text-3">No observer or person has suggested anything.</p>
  return (
    <ul className="flex flex-col gap-3">
      {suggestions.map((suggestion, index) => {
        const origin = suggestionOrigin(suggestion, { agentId, versions, events })
        return (
          <li key={suggestion.sha256}>
            <PayloadText payload={suggestion} as="plain" label={`suggestion ${index + 1}`} />
            <div className="mt-1 flex items-start justify-between gap-2">
              <p className="min-w-0 text-12 break-words text-text-3">
                {origin !== null && `by ${origin.author}, ${origin.since}`}
                {origin !== null && origin.reason !== '' && `: ${origin.reason}`}
              </p>
              <Button
                size="small"
                look="quiet"
                icon={X}
                unavailable={whyNot}
                hint="You see the change before it is saved"
                onClick={() => onRemove(index)}
              >
                Dismiss
              </Button>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
