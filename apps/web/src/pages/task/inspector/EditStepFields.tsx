import { ProviderName } from '@maestro/contracts/llm/chat'
import type { BornTask, Step } from '@maestro/task-model/task'
import { PromptField } from '../../../ui/PromptField.tsx'
import { providerNames } from '../../provider-names.ts'
import { Choose } from './Choose.tsx'
import type { EditDraft, EditKind } from './edit-draft.ts'
import { Say } from './Say.tsx'
import { agentNames, neededBy } from './step-edits.ts'

type Props = {
  kind: EditKind
  step: Step
  task: BornTask
  draft: EditDraft
  onDraft: (part: Partial<EditDraft>) => void
}

/** What this kind of change asks for. */
export const EditStepFields = ({ kind, step, task, draft, onDraft }: Props) => (
  <>
    {kind === 'insert' && (
      <Say
        label="Title"
        value={draft.title}
        onChange={(title) => onDraft({ title })}
        charactersMax={120}
      />
    )}
    {(kind === 'insert' || kind === 'instruct') && (
      <PromptField
        label={kind === 'insert' ? 'What is it to do?' : 'What is it to do instead?'}
        value={draft.instruction}
        onValue={(instruction) => onDraft({ instruction })}
        charactersMax={8_000}
        lines={6}
      />
    )}
    {kind === 'rewire' && (
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-13 text-text-2">Whose outputs does it wait for?</legend>
        {neededBy(step, task).map(({ name, title }) => (
          <label key={name} className="flex items-baseline gap-2 text-14">
            <input
              type="checkbox"
              checked={draft.needs.includes(name)}
              onChange={({ target: { checked } }) =>
                onDraft({
                  needs: checked
                    ? [...draft.needs, name]
                    : draft.needs.filter((need) => need !== name),
                })
              }
            />
            {title}
          </label>
        ))}
      </fieldset>
    )}
    {(kind === 'insert' || kind === 'agent') && (
      <Choose
        label="By which agent?"
        value={draft.agent}
        options={Object.fromEntries(agentNames(task).map((name) => [name, name]))}
        onChange={(agent) => onDraft({ agent })}
      />
    )}
    {kind === 'model' && (
      <>
        <Choose
          label="Who answers?"
          value={draft.provider}
          options={providerNames}
          onChange={(name) => onDraft({ provider: ProviderName.parse(name) })}
        />
        <Say
          label="Model"
          value={draft.model}
          onChange={(model) => onDraft({ model })}
          charactersMax={120}
        />
      </>
    )}
  </>
)
