import type { StepId } from '@maestro/contracts/ids'
import type { Approval } from '@maestro/task-model/task'
import { PanelRightClose, UnfoldHorizontal, UnfoldVertical } from 'lucide-react'
import { useCallback } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import type { TaskSearch, TaskViewName } from '../../paths.ts'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useShown } from './task-context.ts'
import { TaskViewPart } from './TaskViewPart.tsx'
import type { Seek } from './use-position.ts'
import type { Walk } from './use-walk.ts'

// What stands beside the view does not hold it up.
const Dock = lazyPart(
  () => import('./dock/Dock.tsx').then((module) => module.Dock),
  <SkeletonRows rows={4} label="Loading the log" />,
)
const Inspector = lazyPart(
  () => import('./inspector/Inspector.tsx').then((module) => module.Inspector),
  <SkeletonRows rows={4} label="Loading the step" />,
)
const InspectorSheet = lazyPart(() =>
  import('./InspectorSheet.tsx').then((module) => module.InspectorSheet),
)
type Props = {
  view: TaskViewName
  search: TaskSearch
  isPhone: boolean
  /** The inspector stands beside the view. */
  isWide: boolean
  walk: Walk
  onSeek: Seek
}

const isOpen = ({ status }: Approval) => status === 'open'
const inspectorPx = { min: 320, usual: 400, max: 640 }
/** `low`: where a question stands above the view, or the screen is low: what is looked at needs the room. */
const dockPx = { min: 96, low: 132, usual: 240, tall: 480 }
const separatorLook =
  'relative z-10 bg-line transition-colors duration-[120ms] hover:bg-accent focus-visible:bg-accent focus-visible:outline-offset-0 data-[separator=active]:bg-accent'

/** The view, the inspector beside it and the dock below it. */
export const TaskPanels = ({ view, search, isPhone, isWide, walk, onSeek }: Props) => {
  const isLow = useMedia('(max-height: 800px)')
  const hint = useKeyHint()
  const inspectorPanel = usePanelRef()
  const dockPanel = usePanelRef()
  const asks = useShown(({ approvals }) => Object.values<Approval>(approvals).some(isOpen), false)
  const { search: onSearch } = walk
  const select = useCallback(
    (step: string | null) => onSearch({ step: step ?? undefined }),
    [onSearch],
  )
  const dockTab = search.dock ?? 'log'
  const content = (
    <TaskViewPart
      view={view}
      search={search}
      onSearch={onSearch}
      onSelect={select}
      onPass={walk.pass}
      onOpen={walk.open}
      onSeek={onSeek}
    />
  )
  const dock = dockTab !== 'closed' && (
    <Dock
      tab={dockTab}
      filter={search.q ?? ''}
      onTab={(dock) => onSearch({ dock: dock === 'log' && !isPhone ? undefined : dock })}
      onFilter={(q) => onSearch({ q: q === '' ? undefined : q })}
      onSeek={onSeek}
      onSelect={select}
      isClosable={!isPhone}
      controls={
        !isPhone && (
          <IconButton
            label="Taller or lower"
            icon={UnfoldVertical}
            size="small"
            onClick={() => {
              const { inPixels } = dockPanel.current?.getSize() ?? { inPixels: dockPx.usual }
              dockPanel.current?.resize(inPixels > dockPx.usual ? dockPx.usual : dockPx.tall)
            }}
          />
        )
      }
    />
  )
  const inspector = (controls: React.ReactNode) =>
    search.step !== undefined && (
      <Inspector
        key={search.step}
        stepId={search.step as StepId}
        tab={search.insp ?? 'agent'}
        attempt={search.attempt}
        onAttempt={(attempt) => onSearch({ attempt })}
        onTab={(insp) => onSearch({ insp: insp === 'agent' ? undefined : insp })}
        onSelect={select}
        onSeek={onSeek}
        controls={controls}
      />
    )
  const sheet = !isWide && search.step !== undefined && !walk.isPassing && (
    <InspectorSheet onClose={walk.close}>{inspector(null)}</InspectorSheet>
  )

  if (isPhone)
    return (
      <div className="grow max-md:min-h-[45vh] short:min-h-[70vh]">
        {search.dock !== undefined && dock ? dock : content}
        {sheet}
      </div>
    )
  const toggleWidth = () => {
    const { inPixels } = inspectorPanel.current?.getSize() ?? { inPixels: inspectorPx.usual }
    const isNarrow = inPixels < (inspectorPx.usual + inspectorPx.max) / 2
    inspectorPanel.current?.resize(isNarrow ? inspectorPx.max : inspectorPx.min)
  }
  return (
    <>
      {sheet}
      <Group orientation="horizontal" className="min-h-0 grow short:min-h-[70vh]">
        <Panel id="main" minSize={360}>
          <Group orientation="vertical" className="h-full">
            <Panel id="view" minSize={160}>
              {content}
            </Panel>
            {dock && (
              <>
                <Separator className={`${separatorLook} h-px`} aria-label="Height of the log" />
                <Panel
                  id="dock"
                  panelRef={dockPanel}
                  defaultSize={asks || isLow ? dockPx.low : dockPx.usual}
                  minSize={dockPx.min}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  {dock}
                </Panel>
              </>
            )}
          </Group>
        </Panel>
        {isWide && search.step !== undefined && (
          <>
            <Separator className={`${separatorLook} w-px`} aria-label="Width of the inspector" />
            <Panel
              id="inspector"
              panelRef={inspectorPanel}
              defaultSize={inspectorPx.usual}
              minSize={inspectorPx.min}
              maxSize={inspectorPx.max}
              groupResizeBehavior="preserve-pixel-size"
            >
              {inspector(
                <span className="flex">
                  <IconButton
                    label="Wider or narrower"
                    icon={UnfoldHorizontal}
                    size="small"
                    onClick={toggleWidth}
                  />
                  <IconButton
                    label={hint('Close', 'inspector')}
                    icon={PanelRightClose}
                    size="small"
                    onClick={() => onSearch({ step: undefined })}
                  />
                </span>,
              )}
            </Panel>
          </>
        )}
      </Group>
    </>
  )
}
