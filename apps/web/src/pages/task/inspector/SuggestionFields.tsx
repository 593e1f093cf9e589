import { Plus, X } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { controlLook } from '../../../ui/control-look.ts'
import { IconButton } from '../../../ui/IconButton.tsx'

type Props = { value: readonly string[]; onValue: (suggestions: string[]) => void }

const suggestionsMax = 20

/** S: hints of observers and people; each can be changed, taken away or added to. */
export const SuggestionFields = ({ value, onValue }: Props) => (
  <fieldset className="flex flex-col items-start gap-2">
    <legend className="mb-1 text-14 font-medium">S Suggestions</legend>
    {value.map((text, index) => (
      <div key={index} className="flex w-full items-start gap-1">
        <textarea
          aria-label={`Suggestion ${index + 1}`}
          rows={2}
          maxLength={1_000}
          value={text}
          onChange={(event) => onValue(value.with(index, event.target.value))}
          className={classes(controlLook, 'min-w-0 grow resize-y py-1.5 text-13')}
        />
        <IconButton
          label={`Take suggestion ${index + 1} away`}
          icon={X}
          size="small"
          onClick={() => onValue(value.toSpliced(index, 1))}
        />
      </div>
    ))}
    <Button
      size="small"
      icon={Plus}
      unavailable={value.length >= suggestionsMax ? 'An agent has at most 20' : null}
      onClick={() => onValue([...value, ''])}
    >
      Add one
    </Button>
  </fieldset>
)
