import { useCallback, useEffect } from 'react'
import type { TaskSearch, TaskViewName } from '../../paths.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useTaskSession } from './task-context.ts'
import type { Seek } from './use-position.ts'

const loadingView = <SkeletonRows rows={4} label="Loading the view" />
// Each view comes when it is first looked at: the graph brings React Flow.
const GraphView = lazyPart(
  () => import('./GraphView.tsx').then((module) => module.GraphView),
  loadingView,
)

const StepsView = lazyPart(
  () => import('./steps/StepsView.tsx').then((module) => module.StepsView),
  loadingView,
)
const DraftView = lazyPart(
  () => import('./draft/DraftView.tsx').then((module) => module.DraftView),
  loadingView,
)
const WaterfallView = lazyPart(
  () => import('./waterfall/WaterfallView.tsx').then((module) => module.WaterfallView),
  loadingView,
)
const OutputView = lazyPart(
  () => import('./output/OutputView.tsx').then((module) => module.OutputView),
  loadingView,
)

const CostsView = lazyPart(
  () => import('./costs/CostsView.tsx').then((module) => module.CostsView),
  loadingView,
)

type Props = {
  view: TaskViewName
  search: TaskSearch
  onSearch: (part: Partial<TaskSearch>) => void
  onSelect: (stepId: string | null) => void
  /** It is only passed by in the graph. */
  onPass: (stepId: string | null) => void
  /** What one had come to there is to be looked at. */
  onOpen: () => void
  onSeek: Seek
}

const focusInspector = () =>
  document.querySelector<HTMLElement>('[aria-label=Inspector] input:checked')?.focus()

/** What the chosen tab shows of the task. */
export const TaskViewPart = ({
  view,
  search,
  onSearch,
  onSelect,
  onPass,
  onOpen,
  onSeek,
}: Props) => {
  const { hold } = useTaskSession()
  useEffect(() => {
    // The graph says itself when it stands; no other view takes long.
    if (view !== 'graph') hold(false)
  }, [view, hold])
  const selectOutput = useCallback((step: string) => onSearch({ step, insp: 'output' }), [onSearch])
  const selected = search.step ?? null
  switch (view) {
    case 'graph':
      return (
        <GraphView
          sections={search.sections}
          eye={search.eye}
          selected={selected}
          onSelect={onSelect}
          onPass={onPass}
          onSearch={onSearch}
          onOpen={() => {
            onOpen()
            focusInspector()
          }}
        />
      )
    case 'steps':
      return (
        <StepsView
          search={search}
          selected={selected}
          onSelect={onSelect}
          onSearch={onSearch}
          onOpen={focusInspector}
        />
      )
    case 'waterfall':
      return (
        <WaterfallView search={search} onSearch={onSearch} onSelect={onSelect} onSeek={onSeek} />
      )
    case 'draft':
      return <DraftView version={search.version} onVersion={(version) => onSearch({ version })} />
    case 'output':
      return <OutputView onSelect={selectOutput} />
    case 'costs':
      return <CostsView search={search} onSearch={onSearch} onSelect={onSelect} />
    default:
      return view satisfies never
  }
}
