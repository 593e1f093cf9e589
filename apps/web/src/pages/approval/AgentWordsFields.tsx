import { classes } from '../../ui/classes.ts'
import { controlLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'
import { PromptField } from '../../ui/PromptField.tsx'
import type { AgentText } from '../task/inspector/agent-text.ts'
import { SuggestionFields } from '../task/inspector/SuggestionFields.tsx'
import { ToolChecks } from '../task/inspector/ToolChecks.tsx'

type Props = { value: AgentText; onValue: (value: AgentText) => void }

/** P, D, T and S of an agent, to be written otherwise before they are approved. */
export const AgentWordsFields = ({ value, onValue }: Props) => (
  <div className="flex flex-col gap-4">
    <PromptField
      label="P  Prompt"
      charactersMax={20_000}
      value={value.prompt}
      takesFocus
      endedBy="Ctrl Enter approves"
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
          className={classes(controlLook, 'resize-y py-2 text-13')}
        />
      )}
    </Field>
    <ToolChecks value={value.tools} onValue={(tools) => onValue({ ...value, tools })} />
    <SuggestionFields
      value={value.suggestions}
      onValue={(suggestions) => onValue({ ...value, suggestions })}
    />
  </div>
)
