import type { LucideIcon } from 'lucide-react'
import {
  type ClipboardEvent,
  type DragEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'

type Props = {
  icon: LucideIcon
  /** Of the picker, for those who hear the page. */
  label: string
  /** On the button that opens it. */
  verb: string
  /** Endings that the picker offers; left out: every file. */
  accept?: string
  isMultiple?: boolean
  /** Why none can be chosen now. */
  unavailable?: string | null
  /** Files can be pasted as well, and text while the box has the focus. */
  paste?: { readonly label: string; readonly onText: (text: string) => void }
  onFiles: (files: readonly File[]) => void
  /** What belongs here, in words. */
  children: ReactNode
}

/** Files by picker, by dropping them anywhere on the page, or by pasting. */
export const FileBox = ({
  icon: Icon,
  label,
  verb,
  accept,
  isMultiple = false,
  unavailable = null,
  paste,
  onFiles,
  children,
}: Props) => {
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const takesPasted = paste !== undefined
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])]
    if (files.length > 0 && unavailable === null) onFiles(files)
  }
  const latestTake = useRef(take)
  latestTake.current = take

  useEffect(() => {
    const ends = new AbortController()
    const { signal } = ends
    // A file that misses the box must not replace the page and what was typed into it.
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal })
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault()
        setIsOver(false)
        latestTake.current(event.dataTransfer?.files)
      },
      { signal },
    )
    if (takesPasted)
      window.addEventListener('paste', (event) => latestTake.current(event.clipboardData?.files), {
        signal,
      })
    return () => ends.abort()
  }, [takesPasted])

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (event.clipboardData.files.length > 0 || text.trim() === '') return
    event.preventDefault()
    paste?.onText(text)
  }
  const mark = (over: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(over)
  }
  return (
    <div
      {...(paste !== undefined && {
        tabIndex: 0,
        role: 'group',
        'aria-label': paste.label,
        onPaste,
      })}
      onDragEnter={mark(true)}
      onDragLeave={mark(false)}
      className={classes(
        'flex flex-wrap items-center gap-3 rounded-6 border border-dashed px-4 py-4 transition-colors duration-[120ms]',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <Icon aria-hidden size={18} className="text-text-3" />
      <p className="min-w-0 grow text-14 text-text-2">{children}</p>
      <Button unavailable={unavailable} onClick={() => picker.current?.click()}>
        {verb}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple={isMultiple}
        accept={accept}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          take(target.files)
          target.value = ''
        }}
      />
    </div>
  )
}
