import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { classes } from './classes.ts'
import { placeBeside, type Side } from './place-beside.ts'

export type MenuItem = {
  readonly id: string
  readonly label: string
  /** Why not now: it stays, and says so. */
  readonly unavailable: string | null
  /** Begins a group. */
  readonly isFirst?: boolean
}
type Props = {
  label: string
  /** A point of the window. */
  at: { readonly x: number; readonly y: number }
  items: readonly MenuItem[]
  /** Of the point. */
  side?: Side
  onChoose: (id: string) => void
  onClose: () => void
}

/** A menu at a point. Arrows move, Enter does it; Escape and a press elsewhere close it, and the focus goes back. */
export const Menu = ({ label, at, items, side = 'right', onChoose, onClose }: Props) => {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)

  // The browser's own closing takes the release of the button that asked for the menu for a press beside it.
  useLayoutEffect(() => {
    const isInside = (target: EventTarget | null) =>
      target instanceof Node && list.current?.contains(target) === true
    const ends = new AbortController()
    const { signal } = ends
    window.addEventListener(
      'pointerdown',
      (event) => {
        // Splitters go by coordinates alone: one below the menu would take the press and the focus, and the menu would be gone before its release.
        if (isInside(event.target)) event.preventDefault()
        else onClose()
      },
      { signal, capture: true },
    )
    window.addEventListener(
      'keydown',
      ({ key, target }) => key === 'Escape' && !isInside(target) && onClose(),
      { signal },
    )
    window.addEventListener('blur', () => onClose(), { signal })
    list.current?.addEventListener(
      'focusout',
      ({ relatedTarget }) => relatedTarget !== null && !isInside(relatedTarget) && onClose(),
      { signal },
    )
    return () => ends.abort()
  }, [onClose])

  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return
    const opener = document.activeElement
    element.showPopover()
    const { left, top } = placeBeside({
      anchor: { left: at.x, top: at.y, width: 0, height: 0 },
      size: element.getBoundingClientRect(),
      room: { width: window.innerWidth, height: window.innerHeight },
      side,
    })
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    element.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [at.x, at.y, side])

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of the page do not act while a menu is open.
    event.stopPropagation()
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const here = entries.findIndex((entry) => entry === document.activeElement)
    const next = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: entries.length - 1,
    }[event.key]
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      onClose()
    } else if (next !== undefined) {
      event.preventDefault()
      entries[(next + entries.length) % entries.length]?.focus()
    }
  }
  return (
    <ul
      ref={list}
      role="menu"
      aria-label={label}
      popover="manual"
      onKeyDown={onKeyDown}
      className="fixed inset-auto m-0 max-h-[80vh] w-64 overflow-y-auto rounded-8 border border-line-strong bg-bg p-1 text-text"
    >
      {items.map(({ id: item, label: name, unavailable, isFirst }, index) => (
        <li key={item} role="none" className={classes(isFirst && 'mt-1 border-t border-line pt-1')}>
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={unavailable !== null || undefined}
            aria-describedby={unavailable === null ? undefined : `${id}-${index}`}
            onClick={() => unavailable === null && onChoose(item)}
            className={classes(
              'block w-full rounded-4 px-2.5 py-1 text-left text-13 focus:bg-accent-soft focus-visible:-outline-offset-2 pointer-coarse:min-h-11',
              unavailable === null ? 'hover:bg-surface' : 'text-text-3',
            )}
          >
            {name}
            {unavailable !== null && (
              <span
                id={`${id}-${index}`}
                // Said once where several in a row have the same reason.
                className={classes(
                  'block text-12 text-text-3',
                  items[index + 1]?.unavailable === unavailable && 'sr-only',
                )}
              >
                {unavailable}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
