import { useMemo } from 'react'
import { sectionsOf } from '../../../graph/sections/sections-of.ts'
import { toGraph } from '../../../graph/to-graph.ts'
import { readSections, writeSections } from '../../../graph/sections/open-sections.ts'
import type { TaskSearch } from '../../../paths.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { SurroundingsContext, useGraphSurroundings } from '../graph-surroundings.ts'
import { isLargePlan } from '../is-large-plan.ts'
import { NoPlan } from '../NoPlan.tsx'
import { useView } from '../task-context.ts'
import { useGraph } from '../use-graph.ts'
import { fitsStepFilter, isFilter, noFilter } from './step-filter.ts'
import { StepFilterBar } from './StepFilterBar.tsx'
import { stepItems } from './step-items.ts'
import { StepTree } from './StepTree.tsx'

type Props = {
  search: TaskSearch
  selected: string | null
  onSelect: (stepId: string) => void
  onOpen: () => void
  onSearch: (part: Partial<TaskSearch>) => void
}

const UnsafeTools = lazyPart(() =>
  import('../UnsafeTools.tsx').then((module) => module.UnsafeTools),
)

/** The plan as a table to unfold and to filter: the same data, sections and actions as the graph. */
export const StepsView = ({ search, selected, onSelect, onOpen, onSearch }: Props) => {
  const task = useView((view) => view.task)
  const { surroundings, setUnsafeTools } = useGraphSurroundings()
  const { only, agent, find, sections: written } = search
  const items = useMemo(() => (task.status === 'unborn' ? [] : stepItems(task)), [task])
  // The graph's own, which is reckoned anew only when the state of a step has changed.
  const { nodes } = useGraph()
  const critical = useMemo(
    () => new Set(nodes.flatMap(({ stepId, isCritical }) => (isCritical === true ? [stepId] : []))),
    [nodes],
  )
  const fits = useMemo(() => {
    const filter = { only, agent, find }
    return isFilter(filter) ? (item: (typeof items)[number]) => fitsStepFilter(item, filter) : null
  }, [only, agent, find])
  const isLarge = isLargePlan(items.length)
  const open = useMemo(() => (isLarge ? readSections(written) : null), [isLarge, written])
  const isInSections = open !== null
  // They hang on the plan alone, and most events leave it as it is.
  const shape = items.map(({ planned }) => planned.stepId).join()
  const all = useMemo(
    () => (isInSections ? sectionsOf(toGraph(task), task) : null),
    // oxlint-disable-next-line react/exhaustive-deps
    [isInSections, shape],
  )
  const sections = useMemo(
    () => (open === null || all === null ? null : { all, open }),
    [open, all],
  )
  if (items.length === 0) return <NoPlan />
  const found = fits === null ? items.length : items.filter(fits).length
  return (
    <SurroundingsContext value={surroundings}>
      <UnsafeTools onKnown={setUnsafeTools} />
      <div className="flex h-full min-h-0 flex-col">
        <StepFilterBar items={items} found={found} filter={search} onFilter={onSearch}>
          {isLarge && fits === null && (
            <Button
              size="small"
              className="md:ml-auto"
              onClick={() => onSearch({ sections: isInSections ? undefined : 'closed' })}
            >
              {isInSections ? `Show all ${formatCount(items.length)} steps` : 'Collapse by section'}
            </Button>
          )}
        </StepFilterBar>
        {found === 0 ? (
          <div className="flex flex-col items-center gap-3 px-6 py-16">
            <p className="text-16 font-medium">No match</p>
            <Button onClick={() => onSearch(noFilter)}>Clear filters</Button>
          </div>
        ) : (
          <StepTree
            items={items}
            critical={critical}
            fits={fits}
            sections={sections}
            selected={selected}
            onSelect={onSelect}
            onOpen={onOpen}
            onSearch={onSearch}
            onSection={(key, isOpen) => {
              const next = new Set(open)
              if (isOpen) next.add(key)
              else next.delete(key)
              onSearch({ sections: writeSections(next) })
            }}
          />
        )}
      </div>
    </SurroundingsContext>
  )
}
