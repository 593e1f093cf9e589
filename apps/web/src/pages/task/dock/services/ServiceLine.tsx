import type { LogLevel } from '@maestro/contracts/log/log-level'
import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'
import { ChevronDown, ChevronRight, CircleAlert, Info, OctagonX, TriangleAlert } from 'lucide-react'
import { classes } from '../../../../ui/classes.ts'
import { CopyButton } from '../../../../ui/CopyButton.tsx'
import { formatClockMs, formatExact } from '../../../../ui/format-time.ts'
import { lineWords } from './line-words.ts'

const levels: Record<LogLevel, { icon: typeof Info; tone: string }> = {
  info: { icon: Info, tone: 'text-text-3' },
  warn: { icon: TriangleAlert, tone: 'text-waiting' },
  error: { icon: CircleAlert, tone: 'text-failed' },
  fatal: { icon: OctagonX, tone: 'text-failed' },
}

type Props = {
  line: LogLine
  stepTitle: string | null
  isOpen: boolean
  onOpen: () => void
  onSeek: () => void
  onSelect: (stepId: string) => void
}

/** One line; opened, with all that it says and the ids by which it is found elsewhere. */
export const ServiceLine = ({ line, stepTitle, isOpen, onOpen, onSeek, onSelect }: Props) => {
  const { icon: Icon, tone } = levels[line.level]
  const { stepId } = line
  const words = lineWords(line)
  const Mark = isOpen ? ChevronDown : ChevronRight
  return (
    <div className={classes('text-12', isOpen ? 'bg-surface' : 'hover:bg-surface')}>
      <div className="flex min-h-6 items-center gap-x-3 px-4 whitespace-nowrap max-md:flex-wrap max-md:py-1">
        <span className="flex min-w-0 items-center gap-x-3 max-md:basis-full md:shrink-0">
          <button
            type="button"
            title={`${formatExact(Date.parse(line.at))}. Look at this moment`}
            onClick={onSeek}
            className="tnum shrink-0 rounded-4 font-mono text-text-3 hover:text-accent hover:underline pointer-coarse:min-h-11"
          >
            {formatClockMs(Date.parse(line.at))}
          </button>
          <span className={`flex shrink-0 items-center gap-1 font-medium md:w-14 ${tone}`}>
            <Icon aria-hidden size={12} />
            {line.level}
          </span>
          <span title={line.copy} className="shrink-0 truncate text-text-2 md:w-22">
            {line.service}
          </span>
          <span className="min-w-0 truncate md:w-32">
            {stepId !== null && (
              <button
                type="button"
                title={stepId}
                onClick={() => onSelect(stepId)}
                className="max-w-full truncate rounded-4 align-middle font-medium text-text-2 hover:text-accent hover:underline pointer-coarse:min-h-11"
              >
                {stepTitle ?? stepId}
              </button>
            )}
          </span>
        </span>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onOpen}
          title={`${line.message} ${words}`}
          className="flex min-w-0 grow items-center gap-1 rounded-4 text-left font-mono text-text focus-visible:outline-offset-[-2px] pointer-coarse:min-h-11 max-md:basis-full"
        >
          <Mark aria-hidden size={12} className="shrink-0 text-text-3" />
          <span className="truncate">
            {line.message}
            {words !== '' && <span className="text-text-3"> · {words}</span>}
          </span>
        </button>
      </div>
      {isOpen && <Details line={line} />}
    </div>
  )
}

const Details = ({ line }: { line: LogLine }) => {
  const ids = [
    ['Copy', line.copy],
    ['Agent', line.agent],
    ['Step', line.stepId],
    ['Call', line.callId],
    ['Trace', line.traceId],
    ['Request', typeof line.fields['requestId'] === 'string' ? line.fields['requestId'] : null],
  ] as const
  return (
    <div className="flex flex-col gap-2 px-4 pt-1 pb-3 md:pl-10">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {ids.map(
          ([name, id]) =>
            id !== null && (
              <div key={name} className="flex min-w-0 items-center gap-1.5">
                <dt className="text-text-3">{name}</dt>
                <dd className="flex min-w-0 items-center font-mono text-text-2">
                  <span className="truncate">{id}</span>
                  <CopyButton text={id} name={`Copy: ${name.toLowerCase()}`} />
                </dd>
              </div>
            ),
        )}
      </dl>
      <div className="flex items-start gap-2">
        <pre className="max-h-80 min-w-0 grow overflow-auto rounded-6 border border-line bg-bg p-2 font-mono whitespace-pre-wrap wrap-anywhere text-text-2">
          {detailText(line)}
        </pre>
        <CopyButton text={() => JSON.stringify(line, null, 2)} name="Copy the whole line" />
      </div>
    </div>
  )
}

/** The stack of an error as the lines that it is, the rest as JSON. */
const detailText = ({ message, fields }: LogLine): string => {
  const { err, ...rest } = fields
  const stack =
    typeof err === 'object' && err !== null && 'stack' in err && typeof err.stack === 'string'
      ? err.stack
      : null
  const shown = stack === null ? fields : rest
  const others = Object.keys(shown).length === 0 ? '' : JSON.stringify(shown, null, 2)
  return [message, stack ?? '', others].filter((text) => text !== '').join('\n')
}
