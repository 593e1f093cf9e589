import { Skeleton } from './Skeleton.tsx'
import { lazyPart } from './lazy-part.tsx'

// The parser comes when the first text is read: no page waits for it.
const MarkdownBlocks = lazyPart(
  () => import('./MarkdownBlocks.tsx').then((module) => module.MarkdownBlocks),
  <Skeleton className="h-20" />,
)

/** Markdown that may still be growing. */
export const Markdown = ({ text, busy = false }: { text: string; busy?: boolean }) => (
  <MarkdownBlocks text={text} busy={busy} />
)
