import { classes } from './classes.ts'
import type { StatusLook } from './status-look.ts'

type Props = { look: StatusLook; size?: number; iconOnly?: boolean; still?: boolean }

/** Icon and word; the icon alone only where the word stands next to it. */
export const StatusMark = ({ look, size = 16, iconOnly = false, still = false }: Props) => {
  const Icon = look.icon
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 align-middle whitespace-nowrap',
        look.tone,
      )}
    >
      <Icon
        aria-hidden
        size={size}
        strokeWidth={2}
        className={classes('shrink-0', look.moving && !still && 'spin')}
        {...(look.filled ? { fill: 'currentColor', stroke: 'var(--bg)' } : {})}
      />
      {iconOnly ? (
        <span className="sr-only">{look.label}</span>
      ) : (
        <span className="font-medium">{look.label}</span>
      )}
    </span>
  )
}
