import { taskFileBytesMax } from '@maestro/contracts/task/import-endpoints'
import { Link } from '@tanstack/react-router'
import { CircleCheck, FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { requestIdOf } from '../../api/request-id.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes, formatPlural } from '../../ui/format-count.ts'
import { Meter } from '../../ui/Meter.tsx'
import { TaskFileField } from './TaskFileField.tsx'
import { useImportTask } from './use-import-task.ts'
import { whyRefused } from './why-refused.ts'

const linkLook = 'rounded-4 font-medium text-accent underline underline-offset-2'

/** Brings a task here that ran in another Maestro, to look at. */
export const ImportTaskPage = () => {
  const [file, setFile] = useState<File | null>(null)
  const { importing, sent, stop } = useImportTask()
  const refusal = importing.isError ? whyRefused(importing.error) : null
  return (
    <PageFrame title="Import a task" above={{ to: paths.tasks(), label: 'Tasks' }}>
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[760px] flex-col gap-6 px-4 py-8 md:px-6">
          <p className="text-14 text-text-2">
            A task that ran in another Maestro can be looked at here: with its whole history, its
            texts and its report. There it is exported under Output, as “The whole task”. Nothing of
            it runs here, and nothing of it can be changed.
          </p>
          <TaskFileField
            file={file}
            unavailable={importing.isPending ? 'A file is being imported' : null}
            onFile={(chosen) => {
              importing.reset()
              setFile(chosen)
            }}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button
              look="primary"
              icon={FileUp}
              pending={importing.isPending}
              unavailable={importing.isSuccess ? 'It is imported' : whyNotFile(file)}
              onClick={() => file !== null && importing.mutate(file)}
            >
              Import
            </Button>
            {importing.isPending && file !== null && (
              <Progress sent={sent} bytes={file.size} onStop={stop} />
            )}
          </div>
          {refusal !== null && (
            <div className="-mx-4">
              <ErrorPanel
                title="Nothing was imported"
                message={refusal.message}
                requestId={requestIdOf(importing.error)}
              />
              {refusal.taskId !== null && (
                <p className="px-4 text-14">
                  <Link to={paths.task()} params={{ taskId: refusal.taskId }} className={linkLook}>
                    Open the task that is here
                  </Link>
                </p>
              )}
            </div>
          )}
          {importing.isSuccess && <Imported {...importing.data} />}
        </div>
      </div>
    </PageFrame>
  )
}

const whyNotFile = (file: File | null): string | null => {
  if (file === null) return 'Choose a file first'
  if (file.size === 0) return 'This file is empty'
  return file.size > taskFileBytesMax ? `A file has at most ${formatBytes(taskFileBytesMax)}` : null
}

const Progress = ({ sent, bytes, onStop }: { sent: number; bytes: number; onStop: () => void }) => {
  const isSent = sent >= bytes
  return (
    <>
      <Meter
        label="Sent"
        text={`${formatBytes(Math.min(sent, bytes))} of ${formatBytes(bytes)}`}
        max={bytes}
        parts={[{ value: sent, tone: 'bg-accent' }]}
        className="w-40"
      />
      <span role="status" className="tnum text-13 text-text-2">
        {isSent ? 'Every line is checked, then it is written' : `Sending ${formatBytes(bytes)}`}
      </span>
      {!isSent && (
        <Button size="small" look="quiet" onClick={onStop}>
          Stop
        </Button>
      )}
    </>
  )
}

const Imported = ({
  taskId,
  events,
  missing,
}: {
  taskId: string
  events: number
  missing: number
}) => {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => link.current?.focus(), [])
  return (
    <div role="status" className="flex items-start gap-2 rounded-6 border border-line p-4 text-14">
      <CircleCheck aria-hidden size={18} className="mt-px shrink-0 text-done" />
      <p>
        It is here, with {formatPlural(events, 'event')}
        {missing > 0 && ` (${formatPlural(missing, 'text')} had gone before it was exported)`}.{' '}
        <Link ref={link} to={paths.task()} params={{ taskId }} className={linkLook}>
          Open the task
        </Link>
      </p>
    </div>
  )
}
