import type { Observer } from '@maestro/contracts/task/draft-role'
import type { VersionRow } from './draft-rows.ts'
import { observerLines } from './observer-lines.ts'

const width = 128
const height = 44
const padX = 6
const padY = 6

type Props = {
  /** What is judged: the score, or one of the criteria that it is made of. */
  name: string
  rows: readonly VersionRow[]
  /** What an observer says of a version; undefined: nothing of this. */
  valueOf: (row: VersionRow, observer: Observer) => number | undefined
  /** The lowest value that the charts beside each other show. */
  low: number
  scoreMin: number
}

/** One value over the versions, as both observers see it, against what a score has to reach. */
export const ScoreLines = ({ name, rows, valueOf, low, scoreMin }: Props) => {
  const xOf = (index: number) => padX + (index / Math.max(1, rows.length - 1)) * (width - 2 * padX)
  const yOf = (value: number) => padY + ((1 - value) / (1 - low)) * (height - 2 * padY)
  return (
    <figure>
      <figcaption className="text-12 font-medium text-text-2 first-letter:uppercase">
        {name}
      </figcaption>
      <svg width={width} height={height} aria-hidden>
        <line
          x1={0}
          x2={width}
          y1={yOf(scoreMin)}
          y2={yOf(scoreMin)}
          stroke="var(--line-strong)"
          strokeDasharray="2 3"
        />
        {observerLines.map(({ observer, tone, dash }) => {
          const points = rows.flatMap((row, index) => {
            const value = valueOf(row, observer)
            return value === undefined ? [] : [{ x: xOf(index), y: yOf(value) }]
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
    </figure>
  )
}
