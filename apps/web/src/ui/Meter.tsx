import { classes } from './classes.ts'

type Part = { value: number; tone: string; hatched?: boolean }
type Props = {
  label: string
  text: string
  max: number
  parts: readonly Part[]
  className?: string
}

/** A bullet meter: how much of a limit is taken, and by what. */
export const Meter = ({ label, text, max, parts, className = 'w-full' }: Props) => {
  const total = parts.reduce((sum, part) => sum + part.value, 0)
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(total, max)}
      aria-valuetext={text}
      className={classes('flex h-1.5 overflow-hidden rounded-4 bg-line/60', className)}
    >
      {parts.map((part, index) => (
        <span
          key={index}
          className={classes('h-full', part.tone, part.hatched && 'opacity-50')}
          style={{ width: `${max > 0 ? Math.min(100, (part.value / max) * 100) : 0}%` }}
        />
      ))}
    </div>
  )
}
