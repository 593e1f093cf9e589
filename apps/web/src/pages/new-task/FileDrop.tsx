import { FileText, Upload, X } from 'lucide-react'
import { useState } from 'react'
import { formatBytes } from '../../ui/format-count.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { FileBox } from '../FileBox.tsx'
import {
  acceptedEndings,
  fileOfText,
  type InputFile,
  readInputFile,
  type RefusedFile,
  withFiles,
} from './input-file.ts'

type Props = { files: readonly InputFile[]; onFiles: (files: readonly InputFile[]) => void }

/** What the task works on. */
export const FileDrop = ({ files, onFiles }: Props) => {
  const [refused, setRefused] = useState<readonly RefusedFile[]>([])
  const add = async (chosen: readonly File[]) => {
    const result = withFiles(files, await Promise.all(chosen.map(readInputFile)))
    onFiles(result.files)
    setRefused(result.refused)
  }
  return (
    <section aria-label="Files" className="flex flex-col gap-2">
      <h2 className="text-14 font-medium">Files</h2>
      <FileBox
        icon={Upload}
        label="Choose files"
        verb="Choose files"
        accept={acceptedEndings}
        isMultiple
        paste={{
          label: 'Drop files here, or paste text or files',
          onText: (text) =>
            void add([
              fileOfText(
                text,
                files.map(({ name }) => name),
              ),
            ]),
        }}
        onFiles={(chosen) => void add(chosen)}
      >
        Drop files here or paste them.
        <span className="block text-13 text-text-3">
          Markdown, text, CSV or JSON, up to 8 MiB each
        </span>
      </FileBox>
      {files.length > 0 && (
        <ul aria-label="Chosen files" className="rounded-6 border border-line">
          {files.map((file) => (
            <li
              key={file.name}
              className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 last:border-b-0"
            >
              <FileText aria-hidden size={16} className="shrink-0 text-text-3" />
              <span className="min-w-0 grow truncate text-14">{file.name}</span>
              <span className="tnum shrink-0 text-13 text-text-3">{formatBytes(file.bytes)}</span>
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
