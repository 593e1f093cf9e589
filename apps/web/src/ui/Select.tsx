import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { inputLook } from './control-look.ts'

type Props<Value extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: Value
  options: readonly { value: Value; label: string }[]
  onValue: (value: Value) => void
}

/** The system's own list: it works with every keyboard, reader and phone. */
export const Select = <Value extends string>({
  value,
  options,
  onValue,
  className,
  ...rest
}: Props<Value>) => (
  <span className={classes('relative inline-flex', className)}>
    <select
      {...rest}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen) onValue(chosen.value)
      }}
      className={classes(inputLook, 'w-full appearance-none pr-8')}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
    <ChevronDown
      aria-hidden
      size={16}
      className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-text-3"
    />
  </span>
)
