import { classes } from '../../../ui/classes.ts'
import { stepColumns } from './StepLine.tsx'

const heads = [
  ['#', 'text-right'],
  ['Status', ''],
  ['Step', ''],
  ['Agent and model', ''],
  ['Tokens', 'text-right'],
  ['Cost', 'text-right'],
  ['Time', 'text-right'],
] as const

/** What the columns tell; it stays in sight. */
export const StepTreeHead = () => (
  <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
    <div
      role="row"
      aria-rowindex={1}
      className={classes(
        stepColumns,
        'border-b border-line px-4 py-1.5 text-12 font-medium text-text-3 max-md:sr-only!',
      )}
    >
      {heads.map(([name, look]) => (
        <span key={name} role="columnheader" className={look}>
          {name}
        </span>
      ))}
      <span role="columnheader">
        <span className="sr-only">Actions</span>
      </span>
    </div>
  </div>
)
