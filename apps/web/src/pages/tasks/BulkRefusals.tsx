import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { formatPlural } from '../../ui/format-count.ts'
import type { Refusal } from './send-to-many.ts'

const namedMax = 5

/** Which of the tasks refused, and why; of very many the first ones and how many more. */
export const BulkRefusals = ({ refusals }: { refusals: readonly Refusal[] }) => {
  const more = refusals.length - namedMax
  return (
    <ul aria-label="Refused" className="w-full text-failed">
      {refusals.slice(0, namedMax).map(({ taskId, title, message }) => (
        <li key={taskId} className="break-words">
          <Link to={paths.task()} params={{ taskId }} className="font-medium underline">
            {title}
          </Link>
          : {message}
        </li>
      ))}
      {more > 0 && <li>and {formatPlural(more, 'task')} more</li>}
    </ul>
  )
}
