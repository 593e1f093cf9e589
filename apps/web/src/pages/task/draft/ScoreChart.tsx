import type { VersionRow } from './draft-rows.ts'

const width = 220
const height = 56
const padX = 8
const padY = 6

type Props = { rows: readonly VersionRow[]; scoreMin: number }

const lines = [
  { observer: 'agent-observer', label: 'Team', tone: 'var(--accent)', dash: undefined },
  { observer: 'plan-observer', label: 'Plan', tone: 'var(--cached)', dash: '4 3' },
] as const

/** Scores over the versions against what they have to reach. The same numbers stand in the list. */
export const ScoreChart = ({ rows, scoreMin }: Props) => {
  const xOf = (index: number) =>
    rows.length === 1 ? width / 2 : padX + (index / (rows.length - 1)) * (width - 2 * padX)
  const scores = rows.flatMap(({ plan }) =>
    lines.flatMap(({ observer }) => plan.verdicts[observer]?.score ?? []),
  )
  // From a little below the lowest one to 1: scores of good plans lie close together.
  const low = Math.max(0, Math.min(scoreMin, ...scores) - 0.1)
  const yOf = (score: number) => padY + ((1 - score) / (1 - low)) * (height - 2 * padY)
  return (
    <figure className="flex items-center gap-4">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Scores of ${rows.length} versions`}
      >
        <line
          x1={0}
          x2={width}
          y1={yOf(scoreMin)}
          y2={yOf(scoreMin)}
          stroke="var(--line-strong)"
          strokeDasharray="2 3"
        />
        {lines.map(({ observer, tone, dash }) => {
          const points = rows.flatMap(({ plan }, index) => {
            const score = plan.verdicts[observer]?.score
            return score === undefined ? [] : [{ x: xOf(index), y: yOf(score) }]
          })
          return (
            <g key={observer} stroke={tone} fill={tone}>
              <polyline
                points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
                fill="none"
                strokeWidth={1.5}
                strokeDasharray={dash}
              />
              {points.map(({ x, y }) => (
                <circle key={x} cx={x} cy={y} r={2.5} stroke="none" />
              ))}
            </g>
          )
        })}
      </svg>
      <figcaption className="flex flex-col gap-0.5 text-12 text-text-2">
        {lines.map(({ observer, label, tone, dash }) => (
          <span key={observer} className="flex items-center gap-1.5">
            <svg width={18} height={6} aria-hidden>
              <line
                x1={0}
                x2={18}
                y1={3}
                y2={3}
                stroke={tone}
                strokeWidth={2}
                strokeDasharray={dash}
              />
            </svg>
            {label}
          </span>
        ))}
        <span className="tnum text-text-3">needs {scoreMin.toFixed(2)}</span>
      </figcaption>
    </figure>
  )
}
