import { Check, CircleAlert, Copy, Info, TriangleAlert } from 'lucide-react'
import { formatClockMs, formatExact } from '../../../ui/format-time.ts'
import type { Seek } from '../use-position.ts'
import type { LogLevel, LogLine } from './log-line.ts'

const levels: Record<LogLevel, { icon: typeof Info; tone: string }> = {
  info: { icon: Info, tone: 'text-text-3' },
  warn: { icon: TriangleAlert, tone: 'text-waiting' },
  error: { icon: CircleAlert, tone: 'text-failed' },
}

type Props = {
  line: LogLine
  /** Of its step. */
  title: string | null
  top: number
  height: number
  isCopied: boolean
  onSeek: Seek
  onSelect: (stepId: string) => void
  onCopy: (text: string, key: string) => void
}

/** Where fingers have little width, what happened stands below its time and step, whose buttons are as high as both. */
const upperLook = 'pointer-coarse:h-11 max-md:pointer-coarse:flex max-md:pointer-coarse:pt-1'
const lowerLook =
  'max-md:pointer-coarse:pointer-events-none max-md:pointer-coarse:absolute max-md:pointer-coarse:inset-x-3 max-md:pointer-coarse:bottom-1 max-md:pointer-coarse:pr-12'

/** One line: its time leads to its moment, its step to the inspector. */
export const LogRow = ({ line, title, top, height, isCopied, onSeek, onSelect, onCopy }: Props) => {
  const { seq, atMs, level, stepId, text } = line
  const { icon: Icon, tone } = levels[level]
  return (
    <div
      className="group absolute inset-x-0 flex items-center gap-3 px-4 max-md:gap-2 max-md:px-3 text-12 whitespace-nowrap hover:bg-surface"
      style={{ top, height }}
    >
      <button
        type="button"
        title={`${formatExact(atMs)}. Look at this moment`}
        onClick={() => onSeek(seq, { push: true })}
        className={`tnum shrink-0 rounded-4 font-mono text-text-3 hover:text-accent hover:underline ${upperLook}`}
      >
        {formatClockMs(atMs)}
      </button>
      <span
        className={`flex w-14 shrink-0 items-center gap-1 font-medium max-md:w-3 max-md:pointer-coarse:h-11 max-md:pointer-coarse:items-start max-md:pointer-coarse:pt-1.5 ${tone}`}
      >
        <Icon aria-hidden size={12} className="shrink-0" />
        <span className="max-md:sr-only">{level}</span>
      </span>
      {title !== null && stepId !== null && (
        <button
          type="button"
          onClick={() => onSelect(stepId)}
          className={`max-w-48 shrink-0 truncate rounded-4 font-medium text-text-2 hover:text-accent hover:underline max-md:max-w-24 max-md:pointer-coarse:max-w-44 ${upperLook}`}
        >
          {title}
        </button>
      )}
      <span className={`min-w-0 truncate font-mono text-text ${lowerLook}`} title={text}>
        {text}
      </span>
      <button
        type="button"
        title="Copy this line"
        aria-label={`Copy line ${seq}`}
        onClick={() => onCopy(textOf(line, title), String(seq))}
        className="sticky right-2 ml-auto flex h-6 shrink-0 items-center gap-1 rounded-4 bg-bg px-1.5 text-text-2 pointer-coarse:h-11 pointer-coarse:px-4 opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100 focus-visible:outline-offset-[-2px] pointer-coarse:opacity-100"
      >
        {isCopied ? (
          <>
            <Check aria-hidden size={12} />
            Copied
          </>
        ) : (
          <Copy aria-hidden size={12} />
        )}
      </button>
    </div>
  )
}

/** A line as it is pasted elsewhere: with its date, and without what only the eye needs. */
const textOf = ({ seq, atMs, level, text }: LogLine, title: string | null): string =>
  [
    new Date(atMs).toISOString(),
    `event ${seq}`,
    level,
    ...(title === null ? [] : [`[${title}]`]),
    text,
  ].join(' ')
