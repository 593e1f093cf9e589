import { ProviderName } from '@maestro/contracts/llm/chat'
import { inputLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { providerNames } from '../provider-names.ts'

/** Who shall answer, as a person types it: an empty model is the provider's default. */
export type ModelChosen = { provider: ProviderName; model: string }

/** For the decision. */
export const strategyOf = ({ provider, model }: ModelChosen) => {
  const named = model.trim()
  const models = named === '' ? {} : { models: { [provider]: named } }
  return { providers: [provider], ...models }
}

type Props = { value: ModelChosen; onChange: (part: Partial<ModelChosen>) => void }

export const ModelChoice = ({ value: { provider, model }, onChange }: Props) => (
  <div className="grid max-w-[520px] gap-3 md:grid-cols-2">
    <Field label="Who answers from now on?">
      {({ id, describedBy }) => (
        <Select
          id={id}
          aria-describedby={describedBy}
          value={provider}
          options={ProviderName.options.map((name) => ({
            value: name,
            label: providerNames[name],
          }))}
          onValue={(chosen) => onChange({ provider: chosen })}
        />
      )}
    </Field>
    <Field label="Model" hint="Empty: the provider's default">
      {({ id, describedBy }) => (
        <input
          id={id}
          aria-describedby={describedBy}
          value={model}
          maxLength={120}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ model: event.target.value })}
          className={inputLook}
        />
      )}
    </Field>
  </div>
)
