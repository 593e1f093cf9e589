import { lazy, Suspense } from 'react'
import { Skeleton } from './Skeleton.tsx'

// The parser comes when the first text is read: no page waits for it.
const MarkdownBlocks = lazy(() =>
  import('./MarkdownBlocks.tsx').then((module) => ({ default: module.MarkdownBlocks })),
)

/** Markdown that may still be growing. */
export const Markdown = ({ text, busy = false }: { text: string; busy?: boolean }) => (
  <Suspense fallback={<Skeleton className="h-20" />}>
    <MarkdownBlocks text={text} busy={busy} />
  </Suspense>
)
