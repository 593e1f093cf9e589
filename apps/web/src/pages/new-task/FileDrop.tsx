import { FileText, Upload, X } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { formatBytes } from '../../ui/format-count.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  acceptedEndings,
  fileOfText,
  type InputFile,
  readInputFile,
  type RefusedFile,
  withFiles,
} from './input-file.ts'

type Props = { files: readonly InputFile[]; onFiles: (files: readonly InputFile[]) => void }

/** Files by picker, by dropping them anywhere on the page, or by pasting. */
export const FileDrop = ({ files, onFiles }: Props) => {
  const picker = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<readonly RefusedFile[]>([])
  const [isOver, setIsOver] = useState(false)
  const add = async (chosen: readonly File[]) => {
    const result = withFiles(files, await Promise.all(chosen.map(readInputFile)))
    onFiles(result.files)
    setRefused(result.refused)
  }
  const latestAdd = useRef(add)
  latestAdd.current = add

  useEffect(() => {
    // A file that misses the box must not replace the page and what was typed into it.
    const over = (event: globalThis.DragEvent) => event.preventDefault()
    const drop = (event: globalThis.DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      const dropped = [...(event.dataTransfer?.files ?? [])]
      if (dropped.length > 0) void latestAdd.current(dropped)
    }
    const paste = (event: globalThis.ClipboardEvent) => {
      const pasted = [...(event.clipboardData?.files ?? [])]
      if (pasted.length > 0) void latestAdd.current(pasted)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [])

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (event.clipboardData.files.length > 0 || text.trim() === '') return
    event.preventDefault()
    void add([
      fileOfText(
        text,
        files.map(({ name }) => name),
      ),
    ])
  }
  const mark = (over: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(over)
  }

  return (
    <section aria-label="Files" className="flex flex-col gap-2">
      <h2 className="text-14 font-medium">Files</h2>
      <div
        tabIndex={0}
        role="group"
        aria-label="Drop files here, or paste text or files"
        onPaste={onPaste}
        onDragEnter={mark(true)}
        onDragLeave={mark(false)}
        className={classes(
          'flex flex-wrap items-center gap-3 rounded-6 border border-dashed px-4 py-4 transition-colors duration-[120ms]',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        <Upload aria-hidden size={18} className="text-text-3" />
        <p className="min-w-0 grow text-14 text-text-2">
          Drop files here or paste them.
          <span className="block text-13 text-text-3">
            Markdown, text, CSV or JSON, up to 8 MiB each
          </span>
        </p>
        <Button onClick={() => picker.current?.click()}>Choose files</Button>
        <input
          ref={picker}
          type="file"
          multiple
          accept={acceptedEndings}
          aria-label="Choose files"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </div>
      {files.length > 0 && (
        <ul aria-label="Chosen files" className="rounded-6 border border-line">
          {files.map((file) => (
            <li
              key={file.name}
              className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 last:border-b-0"
            >
              <FileText aria-hidden size={16} className="shrink-0 text-text-3" />
              <span className="min-w-0 grow truncate text-14">{file.name}</span>
              <span className="tnum text-13 text-text-3">{formatBytes(file.bytes)}</span>
              <IconButton
                label={`Remove ${file.name}`}
                icon={X}
                size="small"
                onClick={() => onFiles(files.filter(({ name }) => name !== file.name))}
              />
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <ul role="alert" className="flex flex-col gap-1 text-13 text-failed">
          {refused.map(({ name, problem }) => (
            <li key={name}>
              <span className="font-medium">{name}</span> was not added: {problem}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
