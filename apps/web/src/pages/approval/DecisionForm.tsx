import { Check, PencilLine, RotateCw } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { ReasonField } from './ReasonField.tsx'
import { RejectButton } from './RejectButton.tsx'
import { useCardKeys } from './use-card-keys.ts'
import { useDecision } from './use-decision.ts'

type Props = {
  kind: 'plan' | 'step'
  /** What the person has before them: the decision holds only for it. */
  seen: Seen
  /** Why nothing can be decided now. */
  unavailable: string | null
  /** Of a plan, where it can be changed. */
  onEdit?: (() => void) | undefined
}

type Said = 'reject' | 'redraft' | 'revise'
type Asked = Said | null

const askWords = {
  reject: { label: 'Why not?', button: 'Reject and stop' },
  redraft: {
    label: 'What should the next draft do better?',
    button: 'Ask for another draft',
  },
  revise: { label: 'What should it do differently?', button: 'Run it so' },
} as const

/** Approve at once; reject and redraft ask for words first. No single key ever decides. */
export const DecisionForm = ({ kind, seen, unavailable, onEdit }: Props) => {
  const decision = useDecision()
  const [asked, setAsked] = useState<Asked>(null)
  // Each is held by itself: “Back”, to read on, throws nothing away, and nothing stands where it was not meant.
  const [reasons, setReasons] = useState<Partial<Record<Said, string>>>({})
  const [missing, setMissing] = useState(false)
  const reason = asked === null ? '' : (reasons[asked] ?? '')
  const open = (next: Asked) => {
    setMissing(false)
    setAsked(next)
  }
  const pending = decision.isPending || decision.isSuccess
  const { form, hint, close } = useCardKeys({
    open,
    modify: kind === 'plan' ? onEdit : () => open('revise'),
    isOff: asked !== null || unavailable !== null || pending,
  })

  const decide = (chosen: 'approve' | Said) => {
    const said = chosen === 'approve' ? '' : reason.trim()
    if (chosen !== 'approve' && said === '') return setMissing(true)
    setMissing(false)
    decision.mutate({ ...seen, decision: chosen, reason: said })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.key === 'Enter' &&
      (event.ctrlKey || event.metaKey) &&
      unavailable === null &&
      !pending
    ) {
      event.preventDefault()
      decide(asked ?? 'approve')
    }
    if (event.key === 'Escape' && asked !== null) close()
  }

  return (
    <div ref={form} onKeyDown={onKeyDown} className="flex flex-col gap-3">
      {asked !== null && (
        <ReasonField
          label={askWords[asked].label}
          error={
            missing
              ? `Say it in a sentence: ${kind === 'plan' ? 'the Planner' : 'the agent'} and the record need it.`
              : null
          }
          value={reason}
          onChange={(said) => setReasons({ ...reasons, [asked]: said })}
        />
      )}
      <div className="answers flex flex-wrap items-center gap-2">
        {asked === null ? (
          <>
            <Button
              look="primary"
              icon={Check}
              pending={pending}
              unavailable={unavailable}
              hint="Ctrl or ⌘ with Enter"
              onClick={() => decide('approve')}
            >
              Approve
            </Button>
            {onEdit !== undefined && (
              <Button
                icon={PencilLine}
                unavailable={unavailable}
                hint={hint('You see what you change', 'modify')}
                onClick={onEdit}
              >
                Change and approve
              </Button>
            )}
            {kind === 'plan' ? (
              <Button icon={RotateCw} unavailable={unavailable} onClick={() => open('redraft')}>
                Ask for another draft
              </Button>
            ) : (
              <Button
                icon={RotateCw}
                unavailable={unavailable}
                hint={hint('It runs with your words', 'modify')}
                onClick={() => open('revise')}
              >
                Request changes
              </Button>
            )}
            <RejectButton unavailable={unavailable} onClick={() => open('reject')}>
              Reject
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
              {askWords[asked].button}
            </Button>
            <Button look="quiet" onClick={close}>
              Back
            </Button>
          </>
        )}
      </div>
      <DecisionOutcome decision={decision} />
    </div>
  )
}
