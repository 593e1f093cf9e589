import { Skeleton } from './Skeleton.tsx'
import { lazyPart } from './lazy-part.tsx'
import type { TextSource } from './text-source.ts'

// The parser comes when the first text is read: no page waits for it.
const MarkdownBlocks = lazyPart(
  () => import('./MarkdownBlocks.tsx').then((module) => module.MarkdownBlocks),
  <Skeleton className="h-20" />,
)

type Props = { text: string; busy?: boolean; source?: TextSource | undefined }

/** Markdown that may still be growing. */
export const Markdown = ({ text, busy = false, source }: Props) => (
  <MarkdownBlocks text={text} busy={busy} source={source} />
)
