import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'

type Props = {
  label: string
  value: string
  options: Readonly<Record<string, string>>
  onChange: (value: string) => void
}

/** One of a few. */
export const Choose = ({ label, value, options, onChange }: Props) => (
  <Field label={label}>
    {({ id, describedBy }) => (
      <Select
        id={id}
        aria-describedby={describedBy}
        value={value}
        options={Object.entries(options).map(([option, words]) => ({
          value: option,
          label: words,
        }))}
        onValue={onChange}
        className="w-full"
      />
    )}
  </Field>
)
