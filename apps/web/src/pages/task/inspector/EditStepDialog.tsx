import { nameOfStep } from '@maestro/contracts/ids'
import { presentVersion } from '@maestro/task-model/surgery/plan-shape'
import { whySettled } from '@maestro/task-model/surgery/why-settled'
import type { BornTask, Step } from '@maestro/task-model/task'
import { useMutation } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { editPlan, undoPlanEdit } from '../../../api/surgery.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { onSaveKey } from '../../../ui/on-save-key.ts'
import { Choose } from './Choose.tsx'
import { EditConsequences } from './consequences/EditConsequences.tsx'
import { type EditDraft, type EditKind, missingIn, wishOf } from './edit-draft.ts'
import { EditRefusal } from './EditRefusal.tsx'
import { EditStepFields } from './EditStepFields.tsx'
import { Say } from './Say.tsx'
import { SomebodyWasFirst } from './SomebodyWasFirst.tsx'
import { agentNames, editsFor } from './step-edits.ts'

type Props = {
  /** What is offered first, where the step can still be changed. */
  startsWith: 'insert' | 'instruct'
  step: Step
  task: BornTask
  /** Why the plan cannot be changed any more. */
  whyNot: string | null
  onClose: () => void
}

/** Changes the plan at one step. Refused, it says which rule, and what could be done instead. */
export const EditStepDialog = ({ startsWith, step, task, whyNot, onClose }: Props) => {
  const { http } = useApp()
  // What the person has before them: a change of another version is refused.
  const [seen, setSeen] = useState(() => presentVersion(task))
  const present = presentVersion(task)
  const isOpen = whySettled(step) === null
  const [chosen, setKind] = useState<EditKind>(startsWith)
  // What began meanwhile can only be followed by something else.
  const kind = isOpen ? chosen : 'insert'
  const [draft, setDraft] = useState<EditDraft>(() => ({
    provider: 'ollama',
    model: '',
    agent: agentNames(task)[0] ?? '',
    title: '',
    instruction: '',
    needs: step.needs.map(nameOfStep),
  }))
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const place = { taskId: task.taskId, baseVersion: seen?.version ?? 1, reason: reason.trim() }
  const wish = wishOf(kind, draft)
  const editing = useMutation({
    mutationFn: (what: 'edit' | 'undo') =>
      what === 'undo'
        ? undoPlanEdit(http, place)
        : editPlan(http, { ...place, edits: editsFor(wish, step, task) }),
    onSuccess: onClose,
  })
  // While one's own change is on its way, the newer version is that one.
  const isStale = present?.version !== seen?.version && !editing.isPending
  const unready = whyNot ?? (isStale ? 'Put it on the newest version first' : null)
  const unavailable = unready ?? missingIn(kind, draft)
  const change = () => {
    if (unavailable === null && !editing.isPending) editing.mutate('edit')
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      holdsTyped={[draft.title, draft.instruction, draft.model, reason].some(
        (text) => text.trim() !== '',
      )}
      title={`Change the plan at “${step.title}”`}
      description="What runs or is done is never touched. A change is a new version of the plan, and can be undone."
    >
      <form
        ref={form}
        tabIndex={-1}
        className="flex flex-col gap-3 p-4"
        onKeyDown={onSaveKey(change)}
        onSubmit={(event) => {
          event.preventDefault()
          change()
        }}
      >
        <Choose
          label="What is to be changed?"
          value={kind}
          options={{
            insert: 'Insert a step after it',
            ...(isOpen && ofOpenStep(step)),
          }}
          onChange={(next) => setKind(next as EditKind)}
        />
        <EditStepFields
          kind={kind}
          step={step}
          task={task}
          draft={draft}
          onDraft={(part) => setDraft((before) => ({ ...before, ...part }))}
        />
        <EditConsequences wish={wish} step={step} task={task} />
        <Say label="Why?" value={reason} onChange={setReason} charactersMax={1_000} />
        {isStale && present !== undefined && (
          <SomebodyWasFirst
            version={present.version}
            begunFrom={place.baseVersion}
            what="it"
            onPut={() => {
              editing.reset()
              setSeen(present)
              // The button that was pressed goes.
              form.current?.focus({ preventScroll: true })
            }}
          />
        )}
        {whyNot !== null && (
          <p role="alert" className="text-14">
            {whyNot}. What you typed is still here.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            type="submit"
            look="primary"
            pending={editing.isPending}
            unavailable={unavailable}
          >
            Change the plan
          </Button>
          {seen?.editOf !== undefined && (
            <Button
              icon={Undo2}
              pending={editing.isPending}
              unavailable={unready}
              hint={`Brings version ${seen.editOf} back`}
              onClick={() => editing.mutate('undo')}
            >
              Undo the last change
            </Button>
          )}
        </div>
        {editing.error !== null && <EditRefusal error={editing.error} />}
      </form>
    </Dialog>
  )
}

/** What has begun can only be followed by something else. */
const ofOpenStep = ({ gate }: Step) => ({
  instruct: 'Tell it to do something else',
  rewire: 'Change what it waits for',
  remove: 'Remove it; what needs it needs what it needed',
  model: 'Change its model',
  agent: 'Give it to another agent',
  gate: gate === true ? 'Take its gate away' : 'Ask a person before it begins',
})
