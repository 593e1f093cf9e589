type TreeRow = { readonly level: number; readonly canOpen: boolean; readonly isOpen: boolean }
type Move = { kind: 'go'; to: number } | { kind: 'open' } | { kind: 'close' }

/** A page of rows, as Page Up and Page Down go. */
const pageRows = 10

/** What a key does at a row of a tree; null: it means nothing there. */
export const treeMove = (key: string, rows: readonly TreeRow[], at: number): Move | null => {
  const row = rows[at]
  if (row === undefined) return null
  const go = (to: number): Move | null => {
    const within = Math.max(0, Math.min(to, rows.length - 1))
    return within === at ? null : { kind: 'go', to: within }
  }
  switch (key) {
    case 'ArrowDown':
      return go(at + 1)
    case 'ArrowUp':
      return go(at - 1)
    case 'PageDown':
      return go(at + pageRows)
    case 'PageUp':
      return go(at - pageRows)
    case 'Home':
      return go(0)
    case 'End':
      return go(rows.length - 1)
    case 'ArrowRight':
      if (!row.canOpen) return null
      return row.isOpen ? go(at + 1) : { kind: 'open' }
    case 'ArrowLeft': {
      if (row.isOpen) return { kind: 'close' }
      const above = rows.findLastIndex(({ level }, index) => index < at && level < row.level)
      return above < 0 ? null : { kind: 'go', to: above }
    }
    default:
      return null
  }
}
