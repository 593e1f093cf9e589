import type { AgentId } from '@maestro/contracts/ids'
import { useMutation } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { useStore } from 'zustand'
import { modifyAgent } from '../../../api/steering.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { formatPlural } from '../../../ui/format-count.ts'
import { onSaveKey } from '../../../ui/on-save-key.ts'
import { Segments } from '../../../ui/Segments.tsx'
import { Disclosure } from '../Disclosure.tsx'
import { useTaskSession, useView } from '../task-context.ts'
import { AgentDiff } from './AgentDiff.tsx'
import { AgentWordsFields } from './AgentWordsFields.tsx'
import { AttemptsStopped } from './consequences/AttemptsStopped.tsx'
import { agentChanges, type AgentText } from './agent-text.ts'
import type { SentEdit } from './edit-after-sent.ts'
import { useKeptWords } from './use-kept-words.ts'
import { refusalWords } from './refusal-words.ts'

type Props = {
  agentId: AgentId
  name: string
  base: AgentText
  value: AgentText
  /** Which version was before the person. */
  version: number
  isStale: boolean
  /** Somebody has just asked for it. */
  takesFocus: boolean
  form: RefObject<HTMLFormElement | null>
  onValue: (value: AgentText) => void
  onSent: (sent: SentEdit) => void
  onDrop: () => void
}

export const AgentForm = ({
  agentId,
  name,
  base,
  value,
  version,
  isStale,
  takesFocus,
  form,
  onValue,
  onSent,
  onDrop,
}: Props) => {
  const { http, socket } = useApp()
  const { taskId } = useTaskSession()
  const isReplay = useView(({ mode }) => mode === 'replay')
  const isLost = useStore(socket.state).status === 'lost'
  const [when, setWhen] = useState<'next-attempt' | 'at-once'>('next-attempt')
  const [reason, setReason] = useKeptWords(`${taskId}.${agentId}.edit`)
  const changes = agentChanges(base, value)
  const count = Object.keys(changes).length
  const saving = useMutation({
    mutationFn: (_sent: SentEdit) =>
      modifyAgent(http, { taskId, agentId, version, changes, when, reason: reason.trim() }),
    // What was sent, not what stands here by now: one types on while it is saved.
    onSuccess: (_, sent) => {
      setReason('')
      onSent(sent)
    },
  })
  const unavailable = whyNotSave({ value, count, isStale, isReplay, isLost })
  const save = () => {
    if (unavailable === null && !saving.isPending) saving.mutate({ version, mine: value })
  }
  return (
    <form
      ref={form}
      tabIndex={-1}
      aria-label={`Edit ${name}`}
      className="flex flex-col gap-4"
      onKeyDown={onSaveKey(save)}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <AgentWordsFields
        value={value}
        takesFocus={takesFocus}
        descriptionLook="font-mono"
        onValue={onValue}
      />
      {count > 0 && (
        <div data-changes>
          {/* Put on another version, it is another change, and open again. */}
          <Disclosure key={version} startsOpen title={formatPlural(count, 'unsaved change')}>
            {() => <AgentDiff before={base} after={value} />}
          </Disclosure>
        </div>
      )}
      <div className="flex flex-col items-start gap-2">
        <Segments
          label="From when"
          size="small"
          value={when}
          options={[
            { value: 'next-attempt', label: 'From the next attempt' },
            { value: 'at-once', label: 'Stop and start again now' },
          ]}
          onValue={setWhen}
        />
        <p className="text-13 text-text-3">
          {when === 'next-attempt'
            ? 'Attempts that run keep the agent that they began with.'
            : 'Attempts of this agent that run are stopped and begin anew; what they cost is booked.'}
        </p>
        {when === 'at-once' && <AttemptsStopped agentId={agentId} />}
      </div>
      <Field label="Why" hint="For the record; may stay empty">
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            maxLength={1_000}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      {saving.error !== null && (
        <p role="alert" className="text-13 font-medium text-failed">
          {refusalWords(saving.error)} What you typed is still here.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="primary"
          icon={Save}
          pending={saving.isPending}
          unavailable={unavailable}
        >
          Save as version {version + 1}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            setReason('')
            onDrop()
          }}
        >
          {count === 0 ? 'Back' : 'Throw away'}
        </Button>
      </div>
    </form>
  )
}

type Situation = {
  value: AgentText
  count: number
  isStale: boolean
  isReplay: boolean
  isLost: boolean
}

const whyNotSave = ({ value, count, isStale, isReplay, isLost }: Situation): string | null => {
  if (isReplay) return 'Go live to change the task'
  if (isLost) return 'Live updates are lost: somebody may have been first. What you typed is kept'
  if (isStale) return 'Put your changes on the newest version first'
  if (value.prompt.trim() === '' || value.description.trim() === '')
    return 'An agent has a prompt and a description'
  return count === 0 ? 'Nothing is changed yet' : null
}
