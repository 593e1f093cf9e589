import { Bot, Eye, Gavel, type LucideIcon, User, Workflow, Wrench } from 'lucide-react'
import { classes } from '../../../../ui/classes.ts'
import { formatClockMs, formatExact } from '../../../../ui/format-time.ts'
import { Disclosure } from '../../Disclosure.tsx'
import { PayloadText } from '../../PayloadText.tsx'
import type { Seek } from '../../use-position.ts'
import type { ThreadEntry, ThreadVoice } from './thread-entry.ts'

const voices: Record<ThreadVoice, { icon: LucideIcon; word: string }> = {
  agent: { icon: Bot, word: 'Agent' },
  tool: { icon: Wrench, word: 'Tool' },
  observer: { icon: Eye, word: 'Observer' },
  judge: { icon: Gavel, word: 'Judge' },
  person: { icon: User, word: 'Person' },
  maestro: { icon: Workflow, word: 'Maestro' },
}
const tones = { plain: 'text-text', warn: 'text-waiting', failed: 'text-failed' } as const

type Props = { entry: ThreadEntry; onSeek: Seek }

export const ThreadMessage = ({ entry, onSeek }: Props) => {
  const { voice, from, to, title, text, payload, tone, isStart } = entry
  const { icon: Icon, word } = voices[voice]
  const time = (
    <button
      type="button"
      title={`${formatExact(entry.atMs)}. Look at this moment`}
      onClick={() => onSeek(entry.seq, { push: true })}
      className="tnum ml-auto shrink-0 rounded-4 font-mono text-12 text-text-3 hover:text-accent hover:underline pointer-coarse:min-h-11"
    >
      {formatClockMs(entry.atMs)}
    </button>
  )
  if (isStart)
    return (
      <div className="flex items-center gap-3 border-b border-line pb-1 text-12 font-semibold text-text-2">
        {title}
        {time}
      </div>
    )
  // A short text stands in its reference whole.
  const isShort = payload !== null && payload.bytes <= payload.preview.length
  return (
    <article className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2">
      <Icon aria-hidden size={16} className="mt-0.5 text-text-3 pointer-coarse:mt-3.5" />
      <div className="min-w-0">
        <p className="flex items-baseline gap-2 text-13">
          <span className="min-w-0">
            <span className="sr-only">{word}: </span>
            <span className="font-medium break-words">{from}</span>{' '}
            <span
              className={classes(tone === 'plain' ? 'text-text-2' : `font-medium ${tones[tone]}`)}
            >
              {title}
            </span>
            {to !== null && <span className="text-text-3"> → {to}</span>}
          </span>
          {time}
        </p>
        {text !== '' && (
          <p className="mt-0.5 text-13 break-words whitespace-pre-wrap text-text-2">{text}</p>
        )}
        {payload !== null && payload.preview !== '' && (
          <p className="mt-0.5 text-13 break-words whitespace-pre-wrap text-text-2">
            {payload.preview}
          </p>
        )}
        {payload !== null && !isShort && (
          <Disclosure title="All of it">
            {() => <PayloadText payload={payload} label={`what ${from} said`} />}
          </Disclosure>
        )}
      </div>
    </article>
  )
}
