import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

type Props<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode; hint?: string }[]
  onValue: (value: Value) => void
  /** `tight`: many of them, where there is little room. */
  size?: 'regular' | 'small' | 'tight'
}

/** A few choices side by side, one of which holds. */
export const Segments = <Value extends string>({
  label,
  value,
  options,
  onValue,
  size = 'regular',
}: Props<Value>) => {
  const name = useId()
  return (
    <fieldset className="relative inline-flex self-start rounded-6 border border-line-strong p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.hint}
          className={classes(
            'inline-flex cursor-pointer items-center rounded-4 py-0.5 font-medium whitespace-nowrap transition-colors duration-[120ms] select-none has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11',
            size === 'tight' ? 'px-1 pointer-coarse:px-2.5' : 'px-2.5',
            size === 'regular' ? 'text-13' : 'text-12',
            option.value === value ? 'bg-text text-bg' : 'text-text-2 hover:bg-surface',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
