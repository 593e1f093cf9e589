import type { StepStatus } from '@maestro/contracts/task/task-status'

export const taskViews = ['graph', 'steps', 'waterfall', 'draft', 'output', 'costs'] as const
export type TaskViewName = (typeof taskViews)[number]

export const isTaskView = (name: string): name is TaskViewName =>
  taskViews.some((view) => view === name)

/** The only place that knows addresses. The same address gives the same picture. */
export const paths = {
  home: () => '/' as const,
  needsYou: () => '/needs-you' as const,
  approval: () => '/approvals/$approvalId' as const,
  tasks: () => '/tasks' as const,
  newTask: () => '/tasks/new' as const,
  importTask: () => '/tasks/import' as const,
  /** Without a view: the one that fits the task's state. */
  task: () => '/tasks/$taskId/{-$view}' as const,
  plan: () => '/tasks/$taskId/plan/$version' as const,
  queues: () => '/queues' as const,
  costs: () => '/costs' as const,
  status: () => '/status' as const,
  providers: () => '/settings/providers' as const,
  appearance: () => '/settings/appearance' as const,
  shortcuts: () => '/settings/shortcuts' as const,
}

export const homePeriods = ['24h', '7d', '30d'] as const
export type HomePeriod = (typeof homePeriods)[number]

export const inspectorTabs = [
  'agent',
  'calls',
  'messages',
  'memory',
  'output',
  'costs',
  'attempts',
] as const
export type InspectorTab = (typeof inspectorTabs)[number]

export const dockTabs = ['log', 'messages', 'services', 'events', 'closed'] as const
export type DockTab = (typeof dockTabs)[number]

export const costsBy = ['step', 'agent', 'model', 'operation'] as const
export type CostBy = (typeof costsBy)[number]

export type TaskSearch = {
  /** The position that is looked at; absent: live. */
  at?: number | undefined
  step?: string | undefined
  insp?: InspectorTab | undefined
  dock?: DockTab | undefined
  /** Filter of the log. */
  q?: string | undefined
  /** Filter of the table of steps. */
  only?: StepStatus | undefined
  agent?: string | undefined
  find?: string | undefined
  axis?: 'events' | undefined
  version?: number | undefined
  /** Of the graph of a large plan: in sections, and which of them are open. */
  sections?: string | undefined
  /** Where somebody looks at the graph; only in a link that was copied with it. */
  eye?: string | undefined
  /** Of the attempts of a step, the one that is compared with another. */
  attempt?: number | undefined
  /** Of the waterfall: the order of its rows, what of its time is shown, and idle time drawn short. */
  sort?: 'duration' | 'cost' | undefined
  span?: string | undefined
  fold?: true | undefined
  /** What the costs are told apart by. */
  by?: CostBy | undefined
}
