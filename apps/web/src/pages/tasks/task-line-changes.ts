import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import type { TaskFilter } from '../../api/tasks.ts'

export type TaskPage = { items: TaskLine[]; nextCursor: string | null }

const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)

const matches = (line: TaskLine, { status, q }: TaskFilter) =>
  (status === undefined || line.status === status) &&
  words(q ?? '').every((word) => line.title.toLowerCase().includes(word))

/**
 * A changed line: written into its row where it has one. A row never moves, appears or goes under
 * the pointer; `moves` says that the list, read again, would differ in its rows.
 */
export const withTaskLine = (
  pages: readonly TaskPage[],
  line: TaskLine,
  filter: TaskFilter,
): { pages: readonly TaskPage[]; moves: boolean } => {
  const known = pages.flatMap(({ items }) => items).find(({ taskId }) => taskId === line.taskId)
  if (known === undefined) return { pages, moves: matches(line, filter) }
  if (line.seq < known.seq) return { pages, moves: false }
  return {
    moves: !matches(line, { status: filter.status }),
    pages: pages.map((page) =>
      page.items.includes(known)
        ? { ...page, items: page.items.map((item) => (item === known ? line : item)) }
        : page,
    ),
  }
}
