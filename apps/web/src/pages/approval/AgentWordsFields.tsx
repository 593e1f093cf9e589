import { classes } from '../../ui/classes.ts'
import { controlLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'
import type { AgentText } from '../task/inspector/agent-text.ts'
import { SuggestionFields } from '../task/inspector/SuggestionFields.tsx'
import { ToolChecks } from '../task/inspector/ToolChecks.tsx'

type Props = { value: AgentText; onValue: (value: AgentText) => void }

const words = [
  { part: 'prompt', label: 'P  Prompt', rows: 6, charactersMax: 20_000, takesFocus: true },
  {
    part: 'description',
    label: 'D  Description',
    rows: 2,
    charactersMax: 2_000,
    takesFocus: false,
  },
] as const

/** P, D, T and S of an agent, to be written otherwise before they are approved. */
export const AgentWordsFields = ({ value, onValue }: Props) => (
  <div className="flex flex-col gap-4">
    {words.map(({ part, label, rows, charactersMax, takesFocus }) => (
      <Field key={part} label={label}>
        {({ id }) => (
          <textarea
            id={id}
            autoFocus={takesFocus}
            rows={rows}
            maxLength={charactersMax}
            value={value[part]}
            onChange={({ target }) => onValue({ ...value, [part]: target.value })}
            className={classes(controlLook, 'resize-y py-2 font-mono text-13')}
          />
        )}
      </Field>
    ))}
    <ToolChecks value={value.tools} onValue={(tools) => onValue({ ...value, tools })} />
    <SuggestionFields
      value={value.suggestions}
      onValue={(suggestions) => onValue({ ...value, suggestions })}
    />
  </div>
)
