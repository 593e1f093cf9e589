import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { messageOf } from '../../api/request-id.ts'
import { payloadTextQuery } from '../../api/payload-text.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes } from '../../ui/format-count.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import type { TextSource } from '../../ui/text-source.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { jsonOf } from './json-of.ts'

type Props = {
  payload: PayloadRef
  /** Read as Markdown, as plain words, or shown as it is: JSON as a tree. */
  as?: 'markdown' | 'plain' | 'source'
  /** Of Markdown: where it comes from, told at each of its blocks. */
  source?: TextSource | undefined
  label: string
  /** Of JSON: everything is open at first. */
  isUnfolded?: boolean
}

const JsonTree = lazyPart(
  () => import('../../ui/JsonTree.tsx').then((module) => module.JsonTree),
  <Skeleton className="h-20" />,
)

/** A text by its reference; read when it is first looked at. */
export const PayloadText = ({ payload, as = 'source', source, label, isUnfolded }: Props) => {
  const { http } = useApp()
  const query = useQuery(payloadTextQuery(http, payload))
  if (query.isPending)
    return (
      <div role="status" aria-label={`Loading ${label}`} className="flex flex-col gap-2 py-1">
        <Skeleton className="h-3 w-full" />
        <Skeleton className="h-3 w-3/4" />
      </div>
    )
  if (query.isError)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-13 text-failed">
        {messageOf(query.error)}
        <Button size="small" onClick={() => void query.refetch()}>
          Try again
        </Button>
      </p>
    )
  const text = query.data
  if (as === 'source' || payload.mediaType.includes('json'))
    return <Source text={text} bytes={payload.bytes} label={label} isUnfolded={isUnfolded} />
  if (as === 'markdown') return <Markdown text={text} source={source} />
  return (
    <p dir="auto" className="text-14 whitespace-pre-wrap text-text-2">
      {text}
    </p>
  )
}

type SourceProps = { text: string; bytes: number; label: string; isUnfolded: boolean | undefined }

/** A text as it is, to be read and copied; JSON to be unfolded. */
const Source = ({ text, bytes, label, isUnfolded }: SourceProps) => {
  const json = useMemo(() => jsonOf(text), [text])
  if (json !== null) return <JsonTree value={json} label={label} isUnfolded={isUnfolded === true} />
  return (
    <div className="relative">
      <pre
        tabIndex={0}
        dir="auto"
        aria-label={label}
        className="max-h-80 overflow-auto rounded-6 border border-line bg-surface p-3 pr-9 font-mono text-12 whitespace-pre-wrap text-text"
      >
        {text === '' ? '(empty)' : text}
      </pre>
      <div className="absolute top-1 right-1 flex items-center">
        <span className="sr-only">{formatBytes(bytes)}</span>
        <CopyButton text={text} name={`Copy ${label}`} />
      </div>
    </div>
  )
}
