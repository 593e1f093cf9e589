import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { CopyButton } from './CopyButton.tsx'
import { copyOf, type JsonRow, jsonRows, type JsonValue } from './json-rows.ts'
import { unfolded } from './unfolded.ts'
import { useMedia } from './use-media.ts'

type Props = {
  value: JsonValue
  label: string
  /** Everything is open at first: it has to be read, not looked through. */
  isUnfolded?: boolean
}

/** What is unfolded at first: the whole, where it is small enough to be taken in. */
const openFieldsMax = 60
const viewPxMax = 320

const tones: Record<JsonRow['kind'], string> = {
  object: 'text-text-3',
  list: 'text-text-3',
  text: 'text-done',
  number: 'text-running tnum',
  word: 'text-queued',
  line: 'text-text-2',
}

/** JSON to unfold: arrows move and open, and what is chosen can be copied. Only the rows in sight are made. */
export const JsonTree = ({ value, label, isUnfolded = false }: Props) => {
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const isCoarse = useMedia('(pointer: coarse)')
  const rowPx = isCoarse ? 44 : 22
  const [open, setOpen] = useState<ReadonlySet<string>>(() => {
    if (isUnfolded) return unfolded(value)
    const isSmall = value !== null && Object.keys(value).length <= openFieldsMax
    return new Set(isSmall ? [''] : [])
  })
  const [chosen, setChosen] = useState('')
  const rows = useMemo(() => jsonRows(value, open), [value, open])
  const at = Math.max(
    0,
    rows.findIndex(({ path }) => path === chosen),
  )
  const row = rows[at]
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 10,
  })

  const choose = (index: number) => {
    const next = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (next === undefined) return
    setChosen(next.path)
    virtual.scrollToIndex(rows.indexOf(next), { align: 'auto' })
  }
  const fold = ({ path, canOpen }: JsonRow, isOpen: boolean) => {
    if (!canOpen) return
    const next = new Set(open)
    if (isOpen) next.add(path)
    else next.delete(path)
    setOpen(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => choose(at + 1),
      ArrowUp: () => choose(at - 1),
      Home: () => choose(0),
      End: () => choose(rows.length - 1),
      ArrowRight: () => (row.canOpen && !row.isOpen ? fold(row, true) : choose(at + 1)),
      ArrowLeft: () =>
        row.isOpen
          ? fold(row, false)
          : choose(rows.findLastIndex(({ depth }, index) => index < at && depth < row.depth)),
      Enter: () => fold(row, !row.isOpen),
      ' ': () => fold(row, !row.isOpen),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }

  return (
    <div className="rounded-6 border border-line bg-surface">
      <div
        ref={frame}
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={row && `${id}-${at}`}
        onKeyDown={onKeyDown}
        className="overflow-auto rounded-t-6 py-1 font-mono text-12 focus-visible:-outline-offset-2"
        style={{ maxHeight: viewPxMax }}
      >
        <div role="none" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const shown = rows[index]
            return (
              shown && (
                <div
                  key={shown.path}
                  id={`${id}-${index}`}
                  role="treeitem"
                  aria-level={shown.depth + 1}
                  aria-posinset={shown.place}
                  aria-setsize={shown.places}
                  aria-selected={index === at}
                  aria-expanded={shown.canOpen ? shown.isOpen : undefined}
                  onClick={() => {
                    setChosen(shown.path)
                    fold(shown, !shown.isOpen)
                  }}
                  className={classes(
                    'absolute left-0 flex min-w-full items-center gap-1 pr-3 whitespace-pre',
                    shown.canOpen && 'cursor-pointer',
                    index === at ? 'bg-accent-soft' : 'hover:bg-sunken',
                  )}
                  style={{ top: start, height: rowPx, paddingLeft: 8 + shown.depth * 14 }}
                >
                  <ChevronRight
                    aria-hidden
                    size={12}
                    className={classes(
                      'shrink-0 text-text-3',
                      !shown.canOpen && 'invisible',
                      shown.isOpen && 'rotate-90',
                    )}
                  />
                  {shown.name !== null && <span className="text-text">{shown.name}:</span>}
                  <span className={tones[shown.kind]}>{shown.text}</span>
                </div>
              )
            )
          })}
        </div>
      </div>
      {row !== undefined && (
        <div className="flex items-center gap-2 border-t border-line pl-3">
          <span className="min-w-0 grow truncate font-mono text-12 text-text-3">
            {row.path === '' ? 'All of it' : row.path}
          </span>
          <CopyButton
            key={row.path}
            text={() => copyOf(row.value)}
            label="Copy"
            name="Copy what is chosen"
          />
        </div>
      )}
    </div>
  )
}
