import { type ReactNode, useId } from 'react'
import { aboutTokens } from './about-tokens.ts'
import { formatCount } from './format-count.ts'
import { lazyPart } from './lazy-part.tsx'
import { Skeleton } from './Skeleton.tsx'

type Props = {
  label: ReactNode
  value: string
  charactersMax: number
  lines?: number
  takesFocus?: boolean
  /** What ends the writing of it by key; what is around it listens. */
  endedBy?: string
  onValue: (value: string) => void
}

const utf8 = new TextEncoder()

const CodeEditor = lazyPart(
  () => import('./CodeEditor.tsx').then((module) => module.CodeEditor),
  <Skeleton className="h-44" />,
)

/** A prompt, or another long text that a model reads: written in an editor, with how long it is for a model. */
export const PromptField = ({
  label,
  value,
  charactersMax,
  lines = 8,
  takesFocus = false,
  endedBy = 'Ctrl S saves',
  onValue,
}: Props) => {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="text-14 font-medium text-text">
        {label}
      </span>
      <CodeEditor
        labelledBy={`${id}-label`}
        describedBy={`${id}-length ${id}-keys`}
        value={value}
        charactersMax={charactersMax}
        lines={lines}
        takesFocus={takesFocus}
        onValue={onValue}
      />
      {/* Where somebody leaves the page, fields are looked through for what would be lost; the editor is none. */}
      <textarea hidden readOnly aria-hidden tabIndex={-1} value={value} />
      <p className="tnum flex flex-wrap justify-between gap-x-4 text-12 text-text-3">
        <span id={`${id}-length`}>
          {aboutTokens(utf8.encode(value).length)} · {formatCount(value.length)} of{' '}
          {formatCount(charactersMax)} characters
        </span>
        <span id={`${id}-keys`}>Tab or Esc leaves it, {endedBy}</span>
      </p>
    </div>
  )
}
