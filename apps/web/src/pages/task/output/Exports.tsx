import { FileDown } from 'lucide-react'
import { useTaskSession, useView } from '../task-context.ts'

const files = [
  { path: 'export.pdf', name: 'Report as PDF' },
  { path: 'export.md', name: 'Report as Markdown' },
  { path: 'export.json', name: 'History as JSON' },
  { path: 'export.csv?of=steps', name: 'Steps as CSV' },
  { path: 'export.csv?of=costs', name: 'Costs as CSV' },
] as const

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
        {files.map(({ path, name }) => (
          <li key={path}>
            <a
              href={`/api/tasks/${taskId}/${path}${isReplay ? `${path.includes('?') ? '&' : '?'}at=${seq}` : ''}`}
              download
              className="flex items-center gap-2 rounded-4 px-1 py-1 text-13 hover:bg-surface pointer-coarse:min-h-11"
            >
              <FileDown aria-hidden size={14} className="shrink-0 text-text-3" />
              <span className="min-w-0 grow truncate">{name}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
