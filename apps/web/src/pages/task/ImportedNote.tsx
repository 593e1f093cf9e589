import { FileUp } from 'lucide-react'
import { formatCount } from '../../ui/format-count.ts'
import { formatDate } from '../../ui/format-time.ts'
import { useView } from './task-context.ts'

/** Of a task that ran elsewhere, at whichever moment of it one looks. */
export const ImportedNote = () => {
  const imported = useView(({ headTask }) =>
    headTask.status === 'unborn' ? undefined : headTask.imported,
  )
  if (imported === undefined) return null
  const { at, from, head, missing } = imported
  const lost =
    missing === 0
      ? ''
      : ` ${missing === 1 ? 'One text was' : `${formatCount(missing)} texts were`} gone by then.`
  return (
    <div className="min-w-0 basis-full">
      <dt className="sr-only">Where it ran</dt>
      <dd className="flex items-start gap-1.5 text-13 text-text-2">
        <FileUp aria-hidden size={14} className="mt-0.5 shrink-0 text-text-3" />
        <span>
          Imported on {formatDate(Date.parse(at))}: it ran in {from ?? 'another Maestro'}, up to
          event {formatCount(head)}. It is only read here: nothing of it runs.{lost}
        </span>
      </dd>
    </div>
  )
}
