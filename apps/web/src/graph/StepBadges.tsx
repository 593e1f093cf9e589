import {
  CirclePause,
  Flag,
  type LucideIcon,
  PencilLine,
  ShieldAlert,
  Shuffle,
  TriangleAlert,
} from 'lucide-react'
import { type BadgeKind, badgesShown, type StepBadge } from './step-badges.ts'

const looks: Record<BadgeKind, { icon: LucideIcon; tone: string }> = {
  warning: { icon: TriangleAlert, tone: 'text-waiting' },
  breakpoint: { icon: CirclePause, tone: 'text-paused' },
  edited: { icon: PencilLine, tone: 'text-accent' },
  fallback: { icon: Shuffle, tone: 'text-waiting' },
  unsafe: { icon: ShieldAlert, tone: 'text-failed' },
  bookmark: { icon: Flag, tone: 'text-text-2' },
}

/** The first of them as signs, the rest as a number; each says in words what it means. */
export const StepBadges = ({ badges }: { badges: readonly StepBadge[] }) => {
  const rest = badges.slice(badgesShown)
  return (
    <span className="flex shrink-0 items-center gap-1">
      {badges.slice(0, badgesShown).map(({ kind, words }) => {
        const { icon: Icon, tone } = looks[kind]
        return (
          <span key={kind} role="img" aria-label={words} title={words} className={tone}>
            <Icon aria-hidden size={13} />
          </span>
        )
      })}
      {rest.length > 0 && (
        <span
          title={rest.map(({ words }) => words).join('\n')}
          className="tnum text-12 text-text-2"
        >
          +{rest.length}
        </span>
      )}
    </span>
  )
}
