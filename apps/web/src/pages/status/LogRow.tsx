import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { classes } from '../../ui/classes.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatExact } from '../../ui/format-time.ts'
import { lineWords } from '../task/dock/services/line-words.ts'

type Props = {
  line: LogLine
  /** Of its task; null: of none. */
  title: string | null
}

/** One line of a log; of a task, with the way to it in the log of that task. */
export const LogRow = ({ line, title }: Props) => {
  const { at, level, service, message, taskId } = line
  const words = lineWords(line)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-1 text-12">
      <span className="tnum shrink-0 font-mono text-text-3">{formatExact(Date.parse(at))}</span>
      <span
        className={classes(
          'w-10 shrink-0 font-medium',
          level === 'info' ? 'text-text-3' : level === 'warn' ? 'text-waiting' : 'text-failed',
        )}
      >
        {level}
      </span>
      <span className="w-22 shrink-0 text-text-2">{service}</span>
      <span className="min-w-60 grow basis-0 font-mono wrap-anywhere">
        {message}
        {words !== '' && <span className="text-text-3"> · {words}</span>}
      </span>
      {taskId !== null && (
        <Link
          to={paths.task()}
          params={{ taskId }}
          search={{ dock: 'services', q: `"${message.replaceAll('"', ' ')}"` }}
          className="max-w-60 truncate rounded-4 font-medium text-accent hover:underline pointer-coarse:py-3"
        >
          {title}
        </Link>
      )}
      <CopyButton text={() => JSON.stringify(line, null, 2)} name="Copy the whole line" />
    </li>
  )
}
