import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { splitBlocks } from './split-blocks.ts'
import type { TextSource } from './text-source.ts'

// Text of models is never trusted: no raw HTML, no scripts, and nothing is fetched for it.
const components: Components = {
  img: ({ alt }) => (
    <span className="rounded-4 border border-line px-1.5 text-13 text-text-3">
      image not shown{alt ? `: ${alt}` : ''}
    </span>
  ),
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  ),
  // The page has its own first heading: those of the text come below it and keep their size.
  h1: ({ children }) => <h2 className="level-1">{children}</h2>,
  h2: ({ children }) => <h3 className="level-2">{children}</h3>,
  h3: ({ children }) => <h4 className="level-3">{children}</h4>,
  h4: ({ children }) => <h5 className="level-3">{children}</h5>,
  table: ({ children }) => (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
}

const Block = memo(({ text }: { text: string }) => (
  <ReactMarkdown
    remarkPlugins={[remarkGfm]}
    rehypePlugins={[rehypeSanitize]}
    components={components}
  >
    {text}
  </ReactMarkdown>
))

type Props = { text: string; busy?: boolean; source?: TextSource | undefined }

/** Markdown that may still be growing: only the block at its end renders again. */
export const MarkdownBlocks = ({ text, busy = false, source }: Props) => (
  <div className="prose" aria-busy={busy || undefined}>
    {splitBlocks(text).map((block, index) =>
      source === undefined ? (
        <Block key={index} text={block} />
      ) : (
        <div key={index} className="sourced">
          <Block text={block} />
          <button
            type="button"
            // One stop for all: every block of this text has the same source.
            tabIndex={index === 0 ? 0 : -1}
            className="source"
            onClick={source.open}
          >
            {source.name}
          </button>
        </div>
      ),
    )}
  </div>
)
