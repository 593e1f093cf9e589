import { roleOf, type StepId } from '@maestro/contracts/ids'
import { editsMax } from '@maestro/contracts/task/plan-edit'
import type { BornTask } from '@maestro/task-model/task'
import { Check } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { inputLook } from '../../ui/control-look.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { changesOf, type StepChange, type StepChanges } from './plan-changes.ts'
import { StepToChange } from './StepToChange.tsx'
import { useDecision } from './use-decision.ts'

type Props = {
  task: BornTask
  /** What the person has before them: the decision holds only for it. */
  seen: Seen
  /** Why nothing can be decided now. */
  unavailable: string | null
  onClose: () => void
}

/** A plan is changed and approved in one: the version with these edits is what runs, or nothing is decided. */
export const ApproveEdited = ({ task, seen, unavailable, onClose }: Props) => {
  const decision = useDecision()
  // What was opened is what is changed: a newer version is refused, not mixed in.
  const [steps] = useState(() =>
    task.order.flatMap((stepId) => {
      const step = task.steps[stepId]
      return step === undefined ? [] : [{ ...step, agent: roleOf(step.agentId) }]
    }),
  )
  const agents = Object.values(task.agents).map(({ agentId }) => roleOf(agentId))
  const [changes, setChanges] = useState<StepChanges>({})
  const [reason, setReason] = useState('')
  const made = changesOf(steps, changes)
  const pending = decision.isPending || decision.isSuccess
  const change = (stepId: StepId, next: StepChange) =>
    setChanges((known) => ({ ...known, [stepId]: { ...known[stepId], ...next } }))
  const why =
    unavailable ??
    (made.length === 0
      ? 'Change something first, or approve it as it is'
      : made.length > editsMax
        ? `At most ${editsMax} changes at once`
        : null)
  const approve = () => {
    if (why !== null || pending) return
    const edits = made.map(({ edit }) => edit)
    decision.mutate({ ...seen, decision: 'approve', reason: reason.trim(), edits })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    approve()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      look="sheet"
      holdsTyped={made.length > 0 || reason.trim() !== ''}
      title="Change the plan and approve it"
      description="The changed plan is a new version, and that one is approved. It is checked first: a change that breaks a rule is refused, and nothing is decided."
    >
      <div onKeyDown={onKeyDown} className="flex flex-col gap-4 p-4">
        <ul className="flex flex-col gap-4">
          {steps.map(({ stepId, title, agent, gate }) => (
            <StepToChange
              key={stepId}
              title={title}
              agent={agent}
              hasGate={gate === true}
              agents={agents}
              change={changes[stepId] ?? {}}
              onChange={(next) => change(stepId, next)}
            />
          ))}
        </ul>
        <Field label="Why?">
          {({ id }) => (
            <input
              id={id}
              autoComplete="off"
              maxLength={1_000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <section aria-label="What is changed" className="flex flex-col gap-1 text-13">
          <p className="font-medium">
            {made.length === 0 ? 'Nothing is changed yet' : 'What is changed'}
          </p>
          <ul className="flex flex-col gap-1">
            {made.map(({ words }) => (
              <li key={words} className="break-words text-text-2">
                {words}
              </li>
            ))}
          </ul>
          {seen.digest !== undefined && (
            <p className="break-all text-text-3">
              Digest of what you were asked about: <code className="text-12">{seen.digest}</code>
            </p>
          )}
        </section>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            icon={Check}
            pending={pending}
            unavailable={why}
            hint="Ctrl or ⌘ with Enter"
            onClick={approve}
          >
            Save as version {Math.max(...task.versions.map(({ version }) => version)) + 1} and
            approve
          </Button>
          <Button look="quiet" onClick={onClose}>
            Back
          </Button>
        </div>
        <DecisionOutcome decision={decision} />
      </div>
    </Dialog>
  )
}
