import { StepStatus, TaskStatus } from '@maestro/contracts/task/task-status'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { z } from 'zod'
import { NotFoundPage } from './pages/NotFoundPage.tsx'
import { PageFailure } from './pages/PageFailure.tsx'
import { costsBy, dockTabs, homePeriods, inspectorTabs, paths } from './paths.ts'
import { AppShell } from './shell/AppShell.tsx'

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFoundPage })

// A value that does not fit is left out instead of breaking the page: addresses are typed by people.
const HomeSearch = z.object({
  /** What its figures are of; absent: the last 24 hours. */
  period: z.enum(homePeriods).optional().catch(undefined),
  /** Of the agents, the one whose last tasks are shown. */
  agent: z.coerce.string().optional().catch(undefined),
  /** Its panels are being arranged. */
  arrange: z.literal(true).optional().catch(undefined),
})

const home = createRoute({
  getParentRoute: () => root,
  path: paths.home(),
  validateSearch: (search) => HomeSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/home/HomePage.tsx'), 'HomePage'),
})

const needsYou = createRoute({
  getParentRoute: () => root,
  path: paths.needsYou(),
  component: lazyRouteComponent(() => import('./pages/needs-you/NeedsYouPage.tsx'), 'NeedsYouPage'),
})

const approval = createRoute({
  getParentRoute: () => root,
  path: paths.approval(),
  component: lazyRouteComponent(() => import('./pages/needs-you/ApprovalPage.tsx'), 'ApprovalPage'),
})

const TasksSearch = z.object({
  status: TaskStatus.optional().catch(undefined),
  q: z.coerce.string().optional().catch(undefined),
})

const tasks = createRoute({
  getParentRoute: () => root,
  path: paths.tasks(),
  validateSearch: (search) => TasksSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/tasks/TasksPage.tsx'), 'TasksPage'),
})

const newTask = createRoute({
  getParentRoute: () => root,
  path: paths.newTask(),
  component: lazyRouteComponent(() => import('./pages/new-task/NewTaskPage.tsx'), 'NewTaskPage'),
})

const importTask = createRoute({
  getParentRoute: () => root,
  path: paths.importTask(),
  component: lazyRouteComponent(
    () => import('./pages/import-task/ImportTaskPage.tsx'),
    'ImportTaskPage',
  ),
})

const TaskSearch = z.object({
  at: z.coerce.number().int().positive().optional().catch(undefined),
  step: z.string().optional().catch(undefined),
  insp: z.enum(inspectorTabs).optional().catch(undefined),
  dock: z.enum(dockTabs).optional().catch(undefined),
  q: z.coerce.string().optional().catch(undefined),
  only: StepStatus.optional().catch(undefined),
  agent: z.coerce.string().optional().catch(undefined),
  find: z.coerce.string().optional().catch(undefined),
  axis: z.literal('events').optional().catch(undefined),
  version: z.coerce.number().int().positive().optional().catch(undefined),
  sections: z.string().optional().catch(undefined),
  eye: z.string().optional().catch(undefined),
  attempt: z.coerce.number().int().positive().optional().catch(undefined),
  sort: z.enum(['duration', 'cost']).optional().catch(undefined),
  span: z.string().optional().catch(undefined),
  fold: z.literal(true).optional().catch(undefined),
  by: z.enum(costsBy).optional().catch(undefined),
})

const PlanSearch = z.object({
  against: z.coerce.number().int().positive().optional().catch(undefined),
})

const task = createRoute({
  getParentRoute: () => root,
  path: paths.task(),
  validateSearch: (search) => TaskSearch.parse(search),
  component: lazyRouteComponent(() => {
    // The graph is a file of its own: asked for now, it does not wait for the page around it.
    if (location.pathname.endsWith('/graph')) void import('./pages/task/GraphView.tsx')
    return import('./pages/task/TaskPage.tsx')
  }, 'TaskPage'),
})

const plan = createRoute({
  getParentRoute: () => root,
  path: paths.plan(),
  validateSearch: (search) => PlanSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/plan/PlanPage.tsx'), 'PlanPage'),
})

const queues = createRoute({
  getParentRoute: () => root,
  path: paths.queues(),
  component: lazyRouteComponent(() => import('./pages/queues/QueuesPage.tsx'), 'QueuesPage'),
})

const costs = createRoute({
  getParentRoute: () => root,
  path: paths.costs(),
  component: lazyRouteComponent(() => import('./pages/costs/CostsPage.tsx'), 'CostsPage'),
})

const StatusSearch = z.object({
  /** Filter of the logs of all services. */
  q: z.coerce.string().optional().catch(undefined),
})

const status = createRoute({
  getParentRoute: () => root,
  path: paths.status(),
  validateSearch: (search) => StatusSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/status/StatusPage.tsx'), 'StatusPage'),
})

const providers = createRoute({
  getParentRoute: () => root,
  path: paths.providers(),
  component: lazyRouteComponent(
    () => import('./pages/settings/providers/ProvidersPage.tsx'),
    'ProvidersPage',
  ),
})

const appearance = createRoute({
  getParentRoute: () => root,
  path: paths.appearance(),
  component: lazyRouteComponent(
    () => import('./pages/settings/AppearancePage.tsx'),
    'AppearancePage',
  ),
})

const shortcuts = createRoute({
  getParentRoute: () => root,
  path: paths.shortcuts(),
  component: lazyRouteComponent(
    () => import('./pages/settings/keys/ShortcutsPage.tsx'),
    'ShortcutsPage',
  ),
})

const routeTree = root.addChildren([
  home,
  needsYou,
  approval,
  tasks,
  newTask,
  importTask,
  task,
  plan,
  queues,
  costs,
  status,
  providers,
  appearance,
  shortcuts,
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
