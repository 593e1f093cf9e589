import type { KeyboardEvent } from 'react'
import type { Direction } from './neighbours.ts'

type Acts = {
  walk: (direction: Direction) => void
  menu: () => void
  open: () => void
  fit: () => void
  leave: () => void
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** What the keys do while the graph has the focus. */
export const graphKeys =
  ({ walk, menu, open, fit, leave }: Acts) =>
  (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction !== undefined) {
      event.preventDefault()
      walk(direction)
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      menu()
    } else if (event.key === 'Enter') open()
    else if (event.key === 'f') fit()
    else if (event.key === 'Escape') leave()
  }
