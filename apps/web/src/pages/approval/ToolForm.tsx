import type { ToolQuestion } from '@maestro/contracts/task/tool-question'
import { useQuery } from '@tanstack/react-query'
import { Check, Pencil, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { payloadTextQuery } from '../../api/payload-text.ts'
import { toolsQuery } from '../../api/tools.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { PayloadText } from '../task/PayloadText.tsx'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { ReasonField } from './ReasonField.tsx'
import { RejectButton } from './RejectButton.tsx'
import { Seal } from './Seal.tsx'
import { useCardKeys } from './use-card-keys.ts'
import { useDecision } from './use-decision.ts'
import { whyTwice } from './why-twice.ts'

type Props = { toolUse: ToolQuestion; seen: Seen; unavailable: string | null }
/** `confirm`: what cannot be taken back is approved twice. */
type Said = 'confirm' | 'edit' | 'revise' | 'reject'

/** One tool use with its exact arguments: it runs so, it runs with others, or the agent hears why not. */
export const ToolForm = ({ toolUse, seen, unavailable }: Props) => {
  const { http } = useApp()
  const decision = useDecision()
  const shown = useQuery(payloadTextQuery(http, toolUse.arguments))
  const [asked, setAsked] = useState<Said | null>(null)
  // Each is held by itself: “Back”, to read on, throws nothing away.
  const [texts, setTexts] = useState<Partial<Record<Said, string>>>({})
  const [missing, setMissing] = useState<string | null>(null)
  const pending = decision.isPending || decision.isSuccess
  const unread = shown.isSuccess ? null : 'The arguments are not here yet'
  const twice = whyTwice(toolUse, useQuery(toolsQuery(http)).data?.items)
  const runWords = toolUse.why === 'in-doubt' ? 'Run it again' : 'Approve'
  const approve = () => decision.mutate({ ...seen, decision: 'approve', reason: '' })

  const text = textOf(asked, texts, shown.data)

  const open = (next: Said | null) => {
    setMissing(null)
    setAsked(next)
  }
  const { form, hint, close } = useCardKeys({
    open,
    modify: unread === null ? () => open('edit') : undefined,
    isOff: asked !== null || unavailable !== null || pending,
  })
  const tell = (said: 'revise' | 'reject') => {
    if (text.trim() === '') return setMissing('Say it in a sentence: the agent reads it.')
    decision.mutate({ ...seen, decision: said, reason: text.trim() })
  }
  const approveEdited = () => {
    if (!isJson(text)) return setMissing('This is not JSON.')
    decision.mutate({ ...seen, decision: 'approve', reason: '', arguments: text })
  }

  return (
    <div
      ref={form}
      onKeyDown={({ key }) => key === 'Escape' && asked !== null && close()}
      className="flex max-w-[720px] flex-col gap-3"
    >
      {asked !== 'edit' && (
        <PayloadText
          payload={toolUse.arguments}
          label={`arguments of ${toolUse.tool}`}
          isUnfolded
        />
      )}
      {asked === 'confirm' && (
        <p role="status" className="text-14 font-medium">
          {twice} These are its exact arguments.
        </p>
      )}
      {asked !== null && asked !== 'confirm' && (
        <ReasonField
          label={
            asked === 'edit'
              ? `Arguments of ${toolUse.tool}`
              : asked === 'revise'
                ? 'What should it do differently?'
                : 'Why not?'
          }
          value={text}
          error={missing}
          onChange={(next) => setTexts({ ...texts, [asked]: next })}
          rows={asked === 'edit' ? 8 : 3}
          isCode={asked === 'edit'}
          charactersMax={asked === 'edit' ? 100_000 : 4_000}
        />
      )}
      <div className="answers flex flex-wrap items-center gap-2">
        {asked === null && (
          <>
            <Button
              look="primary"
              icon={Check}
              pending={pending}
              unavailable={unavailable ?? unread}
              onClick={() => (twice === null ? approve() : open('confirm'))}
            >
              {runWords}
            </Button>
            <Button
              icon={Pencil}
              unavailable={unavailable ?? unread}
              hint={hint('You see what you change', 'modify')}
              onClick={() => open('edit')}
            >
              Edit and approve
            </Button>
            <Button icon={RotateCw} unavailable={unavailable} onClick={() => open('revise')}>
              Request changes
            </Button>
            <RejectButton unavailable={unavailable} onClick={() => open('reject')}>
              Do not run it
            </RejectButton>
          </>
        )}
        {asked === 'confirm' && (
          <Button look="danger" pending={pending} unavailable={unavailable} onClick={approve}>
            {runWords}, for good
          </Button>
        )}
        {asked !== null && asked !== 'confirm' && (
          <Button
            look={asked === 'reject' ? 'danger' : 'primary'}
            pending={pending}
            unavailable={unavailable}
            onClick={() => (asked === 'edit' ? approveEdited() : tell(asked))}
          >
            {asked === 'edit' ? 'Approve with these' : 'Tell the agent'}
          </Button>
        )}
        {asked !== null && (
          // Whoever presses Enter once more by mistake goes back.
          <Button look="quiet" autoFocus={asked === 'confirm'} onClick={close}>
            Back
          </Button>
        )}
        <Seal digest={seen.digest} />
      </div>
      <DecisionOutcome decision={decision} />
    </div>
  )
}

/** What was typed; arguments begin as they were asked for. */
const textOf = (
  asked: Said | null,
  texts: Partial<Record<Said, string>>,
  given: string | undefined,
): string => {
  if (asked === null || asked === 'confirm') return ''
  return texts[asked] ?? (asked === 'edit' ? (given ?? '') : '')
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
