import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../api/request-id.ts'
import { payloadTextQuery } from '../../api/payload-text.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes } from '../../ui/format-count.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

type Props = {
  payload: PayloadRef
  /** Read as Markdown, as plain words, or shown as it is. */
  as?: 'markdown' | 'plain' | 'source'
  label: string
}

const pretty = (text: string, mediaType: string): string => {
  if (!mediaType.includes('json')) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** A text by its reference; read when it is first looked at. */
export const PayloadText = ({ payload, as = 'source', label }: Props) => {
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
  const text = pretty(query.data, payload.mediaType)
  if (as === 'markdown') return <Markdown text={text} />
  if (as === 'plain') return <p className="text-14 whitespace-pre-wrap text-text-2">{text}</p>
  return (
    <div className="relative">
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-80 overflow-auto rounded-6 border border-line bg-surface p-3 pr-9 font-mono text-12 whitespace-pre-wrap text-text"
      >
        {text === '' ? '(empty)' : text}
      </pre>
      <div className="absolute top-1 right-1 flex items-center">
        <span className="sr-only">{formatBytes(payload.bytes)}</span>
        <CopyButton text={text} name={`Copy ${label}`} />
      </div>
    </div>
  )
}
