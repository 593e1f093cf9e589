import { AppError } from '@maestro/contracts/errors'
import { nameOfStep } from '@maestro/contracts/ids'
import { ProviderName } from '@maestro/contracts/llm/chat'
import { presentVersion } from '@maestro/task-model/surgery/plan-shape'
import { whySettled } from '@maestro/task-model/surgery/why-settled'
import type { BornTask, Step } from '@maestro/task-model/task'
import { useMutation } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '../../../api/request-id.ts'
import { editPlan, undoPlanEdit } from '../../../api/surgery.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { onSaveKey } from '../../../ui/on-save-key.ts'
import { PromptField } from '../../../ui/PromptField.tsx'
import { providerNames } from '../../provider-names.ts'
import { Choose } from './Choose.tsx'
import { EditConsequences } from './consequences/EditConsequences.tsx'
import { Say } from './Say.tsx'
import { SomebodyWasFirst } from './SomebodyWasFirst.tsx'
import { agentNames, editsFor, neededBy, type StepWish } from './step-edits.ts'

type Props = {
  /** What is offered first, where the step can still be changed. */
  startsWith: 'insert' | 'instruct'
  step: Step
  task: BornTask
  /** Why the plan cannot be changed any more. */
  whyNot: string | null
  onClose: () => void
}
type Kind = StepWish['kind']

/** Changes the plan at one step. Refused, it says which rule, and what could be done instead. */
export const EditStepDialog = ({ startsWith, step, task, whyNot, onClose }: Props) => {
  const { http } = useApp()
  // What the person has before them: a change of another version is refused.
  const [seen, setSeen] = useState(() => presentVersion(task))
  const present = presentVersion(task)
  const agents = agentNames(task)
  const isOpen = whySettled(step) === null
  const [chosen, setKind] = useState<Kind>(startsWith)
  // What began meanwhile can only be followed by something else.
  const kind = isOpen ? chosen : 'insert'
  const [provider, setProvider] = useState<ProviderName>('ollama')
  const [model, setModel] = useState('')
  const [agent, setAgent] = useState(agents[0] ?? '')
  const [title, setTitle] = useState('')
  const [instruction, setInstruction] = useState('')
  const [needs, setNeeds] = useState<readonly string[]>(() => step.needs.map(nameOfStep))
  const [reason, setReason] = useState('')
  const place = { taskId: task.taskId, baseVersion: seen?.version ?? 1, reason: reason.trim() }
  const wishes: Record<Kind, StepWish> = {
    insert: { kind: 'insert', title, instruction, agent },
    remove: { kind: 'remove' },
    model: { kind: 'model', provider, model },
    agent: { kind: 'agent', agent },
    gate: { kind: 'gate' },
    instruct: { kind: 'instruct', instruction },
    rewire: { kind: 'rewire', needs },
  }
  const editing = useMutation({
    mutationFn: (what: 'edit' | 'undo') =>
      what === 'undo'
        ? undoPlanEdit(http, place)
        : editPlan(http, { ...place, edits: editsFor(wishes[kind], step, task) }),
    onSuccess: onClose,
  })
  const isUntitled = kind === 'insert' && title.trim() === ''
  const isUntold = (kind === 'insert' || kind === 'instruct') && instruction.trim() === ''
  const missing = isUntitled
    ? 'Give it a title and say what it is to do'
    : isUntold
      ? 'Say what it is to do'
      : null
  // While one's own change is on its way, the newer version is that one.
  const isStale = present?.version !== seen?.version && !editing.isPending
  const unready = whyNot ?? (isStale ? 'Put it on the newest version first' : null)
  const unavailable = unready ?? missing
  const change = () => {
    if (unavailable === null && !editing.isPending) editing.mutate('edit')
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      holdsTyped={[title, instruction, model, reason].some((text) => text.trim() !== '')}
      title={`Change the plan at “${step.title}”`}
      description="What runs or is done is never touched. A change is a new version of the plan, and can be undone."
    >
      <form
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
          onChange={(next) => setKind(next as Kind)}
        />
        {kind === 'insert' && (
          <Say label="Title" value={title} onChange={setTitle} charactersMax={120} />
        )}
        {(kind === 'insert' || kind === 'instruct') && (
          <PromptField
            label={kind === 'insert' ? 'What is it to do?' : 'What is it to do instead?'}
            value={instruction}
            onValue={setInstruction}
            charactersMax={8_000}
            lines={6}
          />
        )}
        {kind === 'rewire' && (
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1 text-13 text-text-2">Whose outputs does it wait for?</legend>
            {neededBy(step, task).map((other) => (
              <label key={other.name} className="flex items-baseline gap-2 text-14">
                <input
                  type="checkbox"
                  checked={needs.includes(other.name)}
                  onChange={({ target: { checked } }) =>
                    setNeeds((before) =>
                      checked
                        ? [...before, other.name]
                        : before.filter((name) => name !== other.name),
                    )
                  }
                />
                {other.title}
              </label>
            ))}
          </fieldset>
        )}
        {(kind === 'insert' || kind === 'agent') && (
          <Choose
            label="By which agent?"
            value={agent}
            options={Object.fromEntries(agents.map((name) => [name, name]))}
            onChange={setAgent}
          />
        )}
        {kind === 'model' && (
          <>
            <Choose
              label="Who answers?"
              value={provider}
              options={providerNames}
              onChange={(name) => setProvider(ProviderName.parse(name))}
            />
            <Say label="Model" value={model} onChange={setModel} charactersMax={120} />
          </>
        )}
        <EditConsequences wish={wishes[kind]} step={step} task={task} />
        <Say label="Why?" value={reason} onChange={setReason} charactersMax={1_000} />
        {isStale && present !== undefined && (
          <SomebodyWasFirst
            version={present.version}
            begunFrom={place.baseVersion}
            what="it"
            onPut={() => {
              editing.reset()
              setSeen(present)
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
        {editing.error !== null && <Refusal error={editing.error} />}
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

const Refusal = ({ error }: { error: unknown }) => {
  const { reason, allowed } = error instanceof AppError ? error.details : {}
  return (
    <div role="alert" className="flex flex-col gap-1 text-13">
      <p className="font-medium text-failed">
        {typeof reason === 'string' ? reason : messageOf(error)}
      </p>
      {Array.isArray(allowed) && allowed.length > 0 && (
        <p className="text-text-2">Possible instead: {allowed.join(', ')}.</p>
      )}
    </div>
  )
}
