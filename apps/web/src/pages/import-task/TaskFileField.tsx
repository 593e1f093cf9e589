import { FileUp } from 'lucide-react'
import { formatBytes } from '../../ui/format-count.ts'
import { FileBox } from '../FileBox.tsx'

type Props = {
  file: File | null
  /** Why no other one can be chosen now. */
  unavailable: string | null
  onFile: (file: File) => void
}

/** The one file of a task. */
export const TaskFileField = ({ file, unavailable, onFile }: Props) => (
  <FileBox
    icon={FileUp}
    label="The file of a task"
    verb={file === null ? 'Choose a file' : 'Choose another file'}
    unavailable={unavailable}
    onFiles={([first]) => {
      if (first !== undefined) onFile(first)
    }}
  >
    {file === null ? (
      'Drop the file of a task here.'
    ) : (
      <span className="flex min-w-0 gap-2">
        <span className="min-w-0 truncate font-medium text-text">{file.name}</span>
        <span className="tnum shrink-0 text-text-3">{formatBytes(file.size)}</span>
      </span>
    )}
  </FileBox>
)
