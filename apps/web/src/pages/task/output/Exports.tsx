import { FileDown } from 'lucide-react'
import { exportLinks } from '../export-links.ts'
import { useTaskSession, useView } from '../task-context.ts'

/** The task as files, as it stood at the position that is looked at. */
export const Exports = () => {
  const { taskId } = useTaskSession()
  const isReplay = useView((view) => view.mode === 'replay')
  const seq = useView((view) => view.seq)
  return (
    <>
      <h2 className="mb-2 text-13 font-semibold">
        Export{isReplay && <span className="tnum font-normal text-text-3"> at event {seq}</span>}
      </h2>
      <ul className="mb-6">
        {exportLinks(taskId, isReplay ? seq : null).map(({ label, href }) => (
          <li key={label}>
            <a
              href={href}
              download
              className="flex items-center gap-2 rounded-4 px-1 py-1 text-13 hover:bg-surface pointer-coarse:min-h-11"
            >
              <FileDown aria-hidden size={14} className="shrink-0 text-text-3" />
              <span className="min-w-0 grow">{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
