import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { LayoutDashboard } from 'lucide-react'
import type { ComponentType } from 'react'
import { useStore } from 'zustand'
import { hasTasksQuery } from '../../api/going-tasks.ts'
import { type HomePeriod, homePeriods } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { Button } from '../../ui/Button.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { NewTaskLink } from '../NewTaskLink.tsx'
import { type HomePanel, shownPanels } from './arrangement.ts'
import { FirstStart } from './FirstStart.tsx'
import { periodBounds } from './home-period.ts'
import { keptArrangement } from './kept-arrangement.ts'
import { Panel } from './Panel.tsx'
import { GoingPanel } from './panels/GoingPanel.tsx'
import { NeedsYouPanel } from './panels/NeedsYouPanel.tsx'
import { useFreshFigures } from './use-fresh-figures.ts'

const route = getRouteApi('/')

type PeriodProps = { period: HomePeriod }

// What stands further down, and what only an arranging hand needs, comes after the first picture.
const ArrangeBar = lazyPart(() => import('./ArrangeBar.tsx').then((module) => module.ArrangeBar))
const FiguresPanel = lazyPart<PeriodProps>(
  () => import('./panels/FiguresPanel.tsx').then((module) => module.FiguresPanel),
  <SkeletonRows rows={3} label="Loading the figures" />,
)
const SpendPanel = lazyPart<PeriodProps>(
  () => import('./panels/SpendPanel.tsx').then((module) => module.SpendPanel),
  <SkeletonRows rows={3} label="Loading the spend" />,
)
const FailuresPanel = lazyPart<PeriodProps>(
  () => import('./panels/FailuresPanel.tsx').then((module) => module.FailuresPanel),
  <SkeletonRows rows={2} label="Loading what fails" />,
)
const AgentsPanel = lazyPart<PeriodProps>(
  () => import('./panels/AgentsPanel.tsx').then((module) => module.AgentsPanel),
  <SkeletonRows rows={4} label="Loading how agents do" />,
)
const ModelsPanel = lazyPart<PeriodProps>(
  () => import('./panels/ModelsPanel.tsx').then((module) => module.ModelsPanel),
  <SkeletonRows rows={3} label="Loading how models do" />,
)

const contents: Record<HomePanel, ComponentType<PeriodProps>> = {
  figures: FiguresPanel,
  'needs-you': NeedsYouPanel,
  going: GoingPanel,
  spend: SpendPanel,
  failures: FailuresPanel,
  agents: AgentsPanel,
  models: ModelsPanel,
}

/** How does it go? What services answer, panel by panel, as its reader arranged them. */
export const HomePage = () => {
  const { period = '24h', arrange = false } = route.useSearch()
  const navigate = useNavigate({ from: '/' })
  const arrangement = useStore(keptArrangement).value
  const hasTasks = useQuery(hasTasksQuery(useApp().http))
  useFreshFigures()
  const shown = shownPanels(arrangement)
  const isFirstStart = hasTasks.data === false
  return (
    <PageFrame title="Home" actions={<NewTaskLink />}>
      <div className="@container min-h-0 grow overflow-y-auto">
        {isFirstStart && <FirstStart />}
        {!isFirstStart && !hasTasks.isPending && (
          <>
            <div className="flex flex-wrap items-center gap-2 px-4 pt-4">
              <Segments
                label="Figures of the last"
                value={period}
                options={homePeriods.map((value) => ({ value, label: periodBounds[value].label }))}
                onValue={(value) =>
                  void navigate({
                    search: (before) => ({
                      ...before,
                      period: value === '24h' ? undefined : value,
                    }),
                  })
                }
              />
              <div className="grow" />
              <Button
                look="quiet"
                icon={LayoutDashboard}
                aria-pressed={arrange}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, arrange: arrange ? undefined : true }),
                  })
                }
              >
                {arrange ? 'Done' : 'Arrange'}
              </Button>
            </div>
            {arrange && <ArrangeBar arrangement={arrangement} />}
            <div className="grid grid-cols-1 gap-4 p-4 @4xl:grid-cols-2">
              {shown.map((placed, index) => {
                const Content = contents[placed.panel]
                return (
                  <Panel
                    key={placed.panel}
                    placed={placed}
                    place={index + 1}
                    places={shown.length}
                    isArranged={arrange}
                  >
                    <Content period={period} />
                  </Panel>
                )
              })}
            </div>
          </>
        )}
      </div>
    </PageFrame>
  )
}
