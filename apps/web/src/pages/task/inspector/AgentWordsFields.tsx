import { classes } from '../../../ui/classes.ts'
import { controlLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { PromptField } from '../../../ui/PromptField.tsx'
import type { AgentText } from './agent-text.ts'
import { SuggestionFields } from './SuggestionFields.tsx'
import { ToolChecks } from './ToolChecks.tsx'

type Props = {
  value: AgentText
  takesFocus: boolean
  /** Of `PromptField`. */
  endedBy?: string
  descriptionLook?: string
  onValue: (value: AgentText) => void
}

/** P, D, T and S of an agent, to be written otherwise. */
export const AgentWordsFields = ({
  value,
  takesFocus,
  endedBy,
  descriptionLook,
  onValue,
}: Props) => (
  <>
    <PromptField
      label="P  Prompt"
      charactersMax={20_000}
      value={value.prompt}
      takesFocus={takesFocus}
      {...(endedBy !== undefined && { endedBy })}
      onValue={(prompt) => onValue({ ...value, prompt })}
    />
    <Field label="D  Description">
      {({ id }) => (
        <textarea
          id={id}
          rows={2}
          maxLength={2_000}
          value={value.description}
          onChange={({ target }) => onValue({ ...value, description: target.value })}
          className={classes(controlLook, 'resize-y py-2 text-13', descriptionLook)}
        />
      )}
    </Field>
    <ToolChecks value={value.tools} onValue={(tools) => onValue({ ...value, tools })} />
    <SuggestionFields
      value={value.suggestions}
      onValue={(suggestions) => onValue({ ...value, suggestions })}
    />
  </>
)
