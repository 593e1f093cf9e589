import type { StepId } from '@maestro/contracts/ids'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { Section } from '../../../graph/sections/sections-of.ts'
import type { StepItem } from './step-items.ts'

type Place = {
  /** Of the row, among all of them. */
  readonly id: string
  /** 1: of the plan itself, or a section of it. */
  readonly level: number
  /** Among those that stand below the same row, from 1. */
  readonly place: number
  readonly places: number
  readonly canOpen: boolean
  readonly isOpen: boolean
}
export type StepRow = StepItem &
  Place & {
    readonly kind: 'step'
    /** It does not fit the filter itself: it holds what does. */
    readonly isAround: boolean
  }
export type SectionRow = Place & {
  readonly kind: 'section'
  readonly key: string
  readonly title: string
  readonly stepIds: readonly StepId[]
  readonly counts: Readonly<Partial<Record<StepStatus, number>>>
}
export type TreeRow = StepRow | SectionRow

/** What people opened or closed themselves. */
export type Folds = ReadonlyMap<StepId, boolean>

export type Look = {
  readonly folds: Folds
  /** Null: everything is shown. */
  readonly fits: ((item: StepItem) => boolean) | null
  /** Of a large plan that is shown in sections, these, and which of them are open. A filter looks through all of them. */
  readonly sections: { readonly all: readonly Section[]; readonly open: ReadonlySet<string> } | null
}

/** More than these stay behind what became them until somebody asks, as they do in the graph. */
const openPartsMax = 12

type Branch = { readonly item: StepItem; readonly below: readonly Branch[]; readonly fits: boolean }

/** The steps as rows: what a step became stands below it, while it is open. */
export const stepRows = (items: readonly StepItem[], look: Look): readonly TreeRow[] => {
  const branches = branchesOf(items, look.fits)
  if (look.sections === null || look.fits !== null) return rowsOf(branches, 1, look)
  return rowsInSections(branches, { ...look, sections: look.sections })
}

const branchesOf = (items: readonly StepItem[], fits: Look['fits']): readonly Branch[] => {
  const parts = Map.groupBy(items, ({ parentId }) => parentId)
  const below = (parentId: StepId | null): readonly Branch[] =>
    (parts.get(parentId) ?? []).flatMap((item) => {
      const branch = {
        item,
        below: below(item.planned.stepId),
        fits: fits === null || fits(item),
      }
      return branch.fits || branch.below.length > 0 ? [branch] : []
    })
  return below(null)
}

const rowsOf = (branches: readonly Branch[], level: number, look: Look): readonly TreeRow[] =>
  branches.flatMap(({ item, below, fits }, index) => {
    const { stepId } = item.planned
    // Whatever fits is shown, however much there is of it.
    const opens = below.length <= openPartsMax || look.fits !== null
    const isOpen = below.length > 0 && (look.folds.get(stepId) ?? opens)
    const row: StepRow = {
      ...item,
      kind: 'step',
      id: stepId,
      level,
      place: index + 1,
      places: branches.length,
      canOpen: below.length > 0,
      isOpen,
      isAround: !fits,
    }
    return [row, ...(isOpen ? rowsOf(below, level + 1, look) : [])]
  })

/** A section stands where its first step would. */
const rowsInSections = (
  branches: readonly Branch[],
  look: Look & { sections: NonNullable<Look['sections']> },
): readonly TreeRow[] => {
  const { all, open } = look.sections
  const sectionOf = new Map(all.flatMap((section) => section.stepIds.map((id) => [id, section])))
  const keyOf = ({ item: { planned } }: Branch) =>
    sectionOf.get(planned.stepId)?.key ?? planned.stepId
  const groups = [...Map.groupBy(branches, keyOf).values()]
  return groups.flatMap((group, index) => {
    const [first] = group
    const section = first && sectionOf.get(first.item.planned.stepId)
    const at = { place: index + 1, places: groups.length }
    if (section === undefined)
      return rowsOf(group, 1, look).map((row) => (row.level === 1 ? { ...row, ...at } : row))
    const isOpen = open.has(section.key)
    const row: SectionRow = {
      kind: 'section',
      id: `section ${section.key}`,
      ...section,
      ...at,
      level: 1,
      canOpen: true,
      isOpen,
      counts: countsOf(group),
    }
    return [row, ...(isOpen ? rowsOf(group, 2, look) : [])]
  })
}

const countsOf = (branches: readonly Branch[]): SectionRow['counts'] => {
  const counts: Partial<Record<StepStatus, number>> = {}
  const count = ({ item: { step }, below }: Branch): void => {
    const status = step?.status ?? 'not-ready'
    counts[status] = (counts[status] ?? 0) + 1
    for (const branch of below) count(branch)
  }
  for (const branch of branches) count(branch)
  return counts
}
