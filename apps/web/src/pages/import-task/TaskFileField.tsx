import { FileUp } from 'lucide-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { formatBytes } from '../../ui/format-count.ts'

type Props = {
  file: File | null
  /** Why no other one can be chosen now. */
  unavailable: string | null
  onFile: (file: File) => void
}

/** One file, by picker or by dropping it anywhere on the page. */
export const TaskFileField = ({ file, unavailable, onFile }: Props) => {
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const [first] = files ?? []
    if (first !== undefined && unavailable === null) onFile(first)
  }
  const latestTake = useRef(take)
  latestTake.current = take

  useEffect(() => {
    // A file that misses the box must not replace the page.
    const over = (event: globalThis.DragEvent) => event.preventDefault()
    const drop = (event: globalThis.DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      latestTake.current(event.dataTransfer?.files)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [])

  const mark = (over: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(over)
  }
  return (
    <div
      onDragEnter={mark(true)}
      onDragLeave={mark(false)}
      className={classes(
        'flex flex-wrap items-center gap-3 rounded-6 border border-dashed px-4 py-4 transition-colors duration-[120ms]',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <FileUp aria-hidden size={18} className="text-text-3" />
      <p className="min-w-0 grow text-14 text-text-2">
        {file === null ? (
          'Drop the file of a task here.'
        ) : (
          <span className="flex min-w-0 gap-2">
            <span className="min-w-0 truncate font-medium text-text">{file.name}</span>
            <span className="tnum shrink-0 text-text-3">{formatBytes(file.size)}</span>
          </span>
        )}
      </p>
      <Button unavailable={unavailable} onClick={() => picker.current?.click()}>
        {file === null ? 'Choose a file' : 'Choose another file'}
      </Button>
      <input
        ref={picker}
        type="file"
        aria-label="The file of a task"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </div>
  )
}
