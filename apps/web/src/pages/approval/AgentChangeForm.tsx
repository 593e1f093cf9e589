import type { AgentQuestion } from '@maestro/contracts/task/agent-question'
import { Check, Pencil, RotateCw } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { AgentChangeTold } from './AgentChangeTold.tsx'
import { AgentWordsFields } from '../task/inspector/AgentWordsFields.tsx'
import { agentChanges, isSameText, useAgentText } from '../task/inspector/agent-text.ts'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { ReasonField } from './ReasonField.tsx'
import { RejectButton } from './RejectButton.tsx'
import { Seal } from './Seal.tsx'
import { useCardKeys } from './use-card-keys.ts'
import { useDecision } from './use-decision.ts'

type Props = { change: AgentQuestion; seen: Seen; unavailable: string | null }
type Said = 'edit' | 'revise' | 'reject'

const askWords = {
  revise: { label: 'What should it do differently, as it is?', button: 'Tell the agent' },
  reject: { label: 'Why not?', button: 'Leave the agent as it is' },
} as const

/** The change of an agent, word by word: it is made so, made in other words, or the agent stays as it is. */
export const AgentChangeForm = ({ change, seen, unavailable }: Props) => {
  const decision = useDecision()
  const before = useAgentText(change.before).text
  const proposed = useAgentText(change.after).text
  const [asked, setAsked] = useState<Said | null>(null)
  // Each is held by itself: “Back”, to read on, throws nothing away.
  const [reasons, setReasons] = useState<Partial<Record<Said, string>>>({})
  const [mine, setMine] = useState<typeof proposed>(null)
  const [missing, setMissing] = useState<string | null>(null)
  const pending = decision.isPending || decision.isSuccess
  const unread = before === null || proposed === null ? 'Its words are not here yet' : null
  const reason = asked === null ? '' : (reasons[asked] ?? '').trim()
  const written = mine ?? proposed

  const open = (next: Said | null) => {
    setMissing(null)
    setAsked(next)
  }
  const { form, hint, close } = useCardKeys({
    open,
    modify: unread === null ? () => open('edit') : undefined,
    isOff: asked !== null || unavailable !== null || pending,
  })
  const approve = () => {
    if (before === null || proposed === null || written === null) return
    if (isSameText(before, written)) {
      setMissing('So it is the agent as it was: leave it as it is instead.')
      return
    }
    const agent = agentChanges(proposed, written)
    const isEdited = Object.keys(agent).length > 0
    decision.mutate({ ...seen, decision: 'approve', reason, ...(isEdited && { agent }) })
  }
  const decide = (said: Said | null) => {
    if (said === null || said === 'edit') return approve()
    if (reason === '') return setMissing('Say it in a sentence: it stands in the record.')
    decision.mutate({ ...seen, decision: said, reason })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The editor of the prompt takes Escape for itself: it leaves the editor alone.
    if (event.defaultPrevented) return
    if (event.key === 'Escape' && asked !== null) return close()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    if ((unavailable ?? unread) !== null || pending) return
    event.preventDefault()
    decide(asked)
  }

  return (
    <div ref={form} onKeyDown={onKeyDown} className="flex max-w-[720px] flex-col gap-3">
      <AgentChangeTold change={change} after={asked === 'edit' ? written : proposed} />
      {asked === 'edit' && written !== null && (
        <div className="flex flex-col gap-4">
          <AgentWordsFields
            value={written}
            takesFocus
            endedBy="Ctrl Enter approves"
            onValue={(next) => setMine(next)}
          />
        </div>
      )}
      {asked !== null && (
        <ReasonField
          label={asked === 'edit' ? 'Why so? (may stay empty)' : askWords[asked].label}
          value={reasons[asked] ?? ''}
          error={missing}
          onChange={(next) => setReasons({ ...reasons, [asked]: next })}
          rows={asked === 'edit' ? 1 : 3}
          wasAskedFor={asked !== 'edit'}
        />
      )}
      <div className="answers flex flex-wrap items-center gap-2">
        {asked === null ? (
          <>
            <Button
              look="primary"
              icon={Check}
              pending={pending}
              unavailable={unavailable ?? unread}
              hint="Ctrl or ⌘ with Enter"
              onClick={() => decide(null)}
            >
              Change the agent
            </Button>
            <Button
              icon={Pencil}
              unavailable={unavailable ?? unread}
              hint={hint('You see what you change', 'modify')}
              onClick={() => open('edit')}
            >
              Edit and approve
            </Button>
            <Button
              icon={RotateCw}
              unavailable={unavailable}
              hint="The agent stays as it is, and hears your words in one more turn"
              onClick={() => open('revise')}
            >
              Request changes
            </Button>
            <RejectButton
              unavailable={unavailable}
              means="Its step goes on with what it has"
              onClick={() => open('reject')}
            >
              Leave it as it is
            </RejectButton>
          </>
        ) : (
          <>
            <Button
              look={asked === 'reject' ? 'danger' : 'primary'}
              pending={pending}
              unavailable={unavailable}
              onClick={() => decide(asked)}
            >
              {asked === 'edit' ? 'Change the agent so' : askWords[asked].button}
            </Button>
            <Button look="quiet" onClick={close}>
              Back
            </Button>
          </>
        )}
        <Seal digest={seen.digest} />
      </div>
      <DecisionOutcome decision={decision} />
    </div>
  )
}
