import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Hint } from './Hint.tsx'

const looks = {
  primary: 'border-accent bg-accent text-bg hover:opacity-90',
  secondary: 'border-line-strong bg-bg text-text hover:bg-surface',
  quiet: 'border-transparent bg-transparent text-text-2 hover:bg-surface hover:text-text',
  danger: 'border-failed bg-bg text-failed hover:bg-surface',
} as const

/** What has no frame gets none: it would stand out among those that can be used. */
const blockedLook = (look: keyof typeof looks): string =>
  look === 'quiet'
    ? 'border-transparent! bg-transparent! text-line-strong!'
    : 'border-line! bg-surface! text-text-3! hover:opacity-100!'

type Props = Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: keyof typeof looks
  size?: 'regular' | 'small'
  icon?: LucideIcon
  /** Sent, and waiting for the event that confirms it. */
  pending?: boolean
  /** Why it cannot be used now. The button stays where it is, focusable, and says so. */
  unavailable?: string | null
  /** Shown on hover and focus while it can be used. */
  hint?: string | null
  children?: ReactNode
}

export const Button = ({
  look = 'secondary',
  size = 'regular',
  icon: Icon,
  pending = false,
  unavailable = null,
  hint = null,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: Props) => {
  const blocked = pending || unavailable !== null
  const told = unavailable ?? hint
  const Mark = pending ? LoaderCircle : Icon
  return (
    <Hint text={told}>
      <button
        {...rest}
        type={blocked && type === 'submit' ? 'button' : type}
        aria-disabled={blocked || undefined}
        // A button that is named by its hint is not described by it once more.
        aria-description={told === rest['aria-label'] ? undefined : (told ?? undefined)}
        aria-busy={pending || undefined}
        onClick={blocked ? (event) => event.preventDefault() : onClick}
        className={classes(
          'inline-flex shrink-0 items-center justify-center gap-2 rounded-6 border font-medium whitespace-nowrap transition-[background-color,opacity,color] duration-[120ms] select-none pointer-coarse:min-h-11 pointer-coarse:min-w-11',
          size === 'small' ? 'h-7 px-2 text-13' : 'h-8 px-3 text-14',
          looks[look],
          blocked && blockedLook(look),
          children === undefined &&
            (size === 'small' ? 'w-7 px-0 pointer-coarse:w-11' : 'w-8 px-0 pointer-coarse:w-11'),
          className,
        )}
      >
        {Mark && (
          <Mark
            aria-hidden
            size={16}
            strokeWidth={2}
            className={classes('shrink-0', pending && 'spin')}
          />
        )}
        {children}
      </button>
    </Hint>
  )
}
