import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { ArrowDown, Download, FileText, ScrollText } from 'lucide-react'
import { useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { payloadTextQuery } from '../../../api/payload-text.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatBytes } from '../../../ui/format-count.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { Markdown } from '../../../ui/Markdown.tsx'
import type { TextSource } from '../../../ui/text-source.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { IncompleteNote } from '../IncompleteNote.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { Exports } from './Exports.tsx'
import { StepOutputs } from './StepOutputs.tsx'
import { useStayAtEnd } from './use-stay-at-end.ts'
import { useCallText, useShown, useTaskSession, useView } from '../task-context.ts'

const TapePanel = lazyPart(() => import('./TapePanel.tsx').then((module) => module.TapePanel))

type Props = { onSelect: (stepId: string) => void }

/** The finished work, or what is there of it at this moment. */
export const OutputView = ({ onSelect }: Props) => {
  const result = useShown((task) => task.result, null)
  const status = useShown((task) => task.status, null)
  const failure = useShown((task) => task.failure, null)
  const isLive = useView((view) => view.mode === 'live')
  const resultStep = useShown(
    (task) => (task.resultStepId === null ? null : (task.steps[task.resultStepId] ?? null)),
    null,
  )
  const call = resultStep?.calls.findLast(({ purpose }) => purpose === 'step')
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  const output = result ?? resultStep?.output ?? null
  const number = useShown(
    (task) => (task.resultStepId === null ? 0 : task.order.indexOf(task.resultStepId) + 1),
    0,
  )
  const source =
    resultStep === null
      ? undefined
      : {
          name: `Step ${number} · ${resultStep.title}`,
          open: () => onSelect(resultStep.stepId),
        }
  // Where there is room the text scrolls by itself, else the whole view with the files below it.
  const isBeside = useMedia('(min-width: 1024px)')
  const whole = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const tail = useRef<HTMLDivElement>(null)
  const isGrowing = output === null && streamed !== ''
  const { isAtEnd, toEnd } = useStayAtEnd({
    scroller: isBeside ? frame : whole,
    tail,
    length: isGrowing ? streamed.length : 0,
  })
  return (
    <div ref={whole} className="flex h-full min-h-0 max-lg:block max-lg:overflow-y-auto">
      <div className="min-h-0 min-w-0 grow">
        <div ref={frame} className="px-4 py-6 md:px-8 lg:h-full lg:overflow-y-auto">
          {output !== null ? (
            <>
              {resultStep?.isIncomplete && <IncompleteNote />}
              <Result output={output} isFinal={result !== null} source={source} />
            </>
          ) : streamed !== '' ? (
            <Markdown text={streamed} busy source={source} />
          ) : (
            <EmptyState
              icon={ScrollText}
              title={
                status === 'failed' || status === 'cancelled'
                  ? 'There is no result'
                  : 'No result yet'
              }
            >
              {failure ??
                (resultStep === null
                  ? 'The plan decides which step delivers it.'
                  : `“${resultStep.title}” delivers it; its text grows here while it is written.`)}
            </EmptyState>
          )}
          <div ref={tail} />
          {isGrowing && !isAtEnd && (
            <div className="sticky bottom-4 flex h-0 items-end justify-end">
              <Button size="small" icon={ArrowDown} onClick={toEnd}>
                Jump to newest
              </Button>
            </div>
          )}
        </div>
      </div>
      <Artifacts onSelect={onSelect} />
    </div>
  )
}

type ResultProps = { output: PayloadRef; isFinal: boolean; source: TextSource | undefined }

const Result = ({ output, isFinal, source }: ResultProps) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const text = useQuery(payloadTextQuery(http, output))
  const isReplay = useView((view) => view.mode === 'replay')
  const seq = useView((view) => view.seq)
  return (
    <article aria-label="Result">
      <div className="mb-4 flex max-w-[720px] flex-wrap items-center gap-2 border-b border-line pb-3">
        <span className="mr-auto text-13 text-text-2">
          {isFinal ? 'Result' : 'Result so far'}
          <span className="tnum text-text-3"> · {formatBytes(output.bytes)}</span>
        </span>
        <CopyButton
          text={() => text.data ?? ''}
          label="Copy"
          look="secondary"
          name="Copy the result as Markdown"
        />
        {isFinal && (
          <a
            href={`/api/tasks/${taskId}/export.md?of=result${isReplay ? `&at=${seq}` : ''}`}
            download
            className="inline-flex h-7 items-center gap-2 rounded-6 border border-line-strong px-2 text-13 font-medium hover:bg-surface pointer-coarse:h-11"
          >
            <Download aria-hidden size={16} />
            Download .md
          </a>
        )}
      </div>
      <PayloadText payload={output} as="markdown" source={source} label="the result" />
    </article>
  )
}

const Artifacts = ({ onSelect }: Props) => {
  const task = useView((view) => view.task)
  if (task.status === 'unborn') return null
  return (
    <aside
      aria-label="Files of the task"
      className="w-64 shrink-0 border-l border-line p-4 max-lg:w-full max-lg:border-t max-lg:border-l-0 lg:overflow-y-auto"
    >
      <Exports />
      <h2 className="mb-2 text-13 font-semibold">Inputs</h2>
      {task.inputs.length === 0 && <p className="text-13 text-text-3">The goal alone.</p>}
      <ul className="mb-6">
        {task.inputs.map(({ name, content }) => (
          <li key={name}>
            <a
              href={`/api/payloads/${content.service}/${content.sha256}?name=${encodeURIComponent(name)}`}
              download={name}
              className="flex items-center gap-2 rounded-4 px-1 py-1 text-13 hover:bg-surface pointer-coarse:min-h-11"
            >
              <FileText aria-hidden size={14} className="shrink-0 text-text-3" />
              <span className="min-w-0 grow truncate">{name}</span>
              <span className="tnum shrink-0 text-12 whitespace-nowrap text-text-3">
                {formatBytes(content.bytes)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <StepOutputs onSelect={onSelect} />
      <TapePanel />
      {Object.keys(task.approvals).length > 0 && (
        <>
          <h2 className="mt-6 mb-2 text-13 font-semibold">Approvals</h2>
          <a
            href={`/api/tasks/${task.taskId}/approvals.jsonl`}
            download={`${task.taskId}-approvals.jsonl`}
            className="inline-flex items-center gap-2 rounded-4 px-1 py-1 text-13 hover:bg-surface pointer-coarse:min-h-11"
          >
            <Download aria-hidden size={14} className="shrink-0 text-text-3" />
            Download the record
          </a>
          <p className="mt-1 px-1 text-12 text-text-3">
            Each line holds the hash of the one before. Whether it is whole says{' '}
            <code className="break-all">
              npm run verify:approvals -- {task.taskId}-approvals.jsonl
            </code>
          </p>
        </>
      )}
    </aside>
  )
}
