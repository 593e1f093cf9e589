import { Activity, CircleDollarSign, Hand, House, Layers, ListChecks, Settings } from 'lucide-react'
import { paths } from '../paths.ts'

/** `under`: what addresses of its other pages begin with, where that is not its own. */
export const navItems = [
  { to: paths.home(), label: 'Home', icon: House, action: 'home', under: null },
  {
    to: paths.needsYou(),
    label: 'Needs you',
    icon: Hand,
    action: 'needs-you',
    under: '/approvals',
  },
  { to: paths.tasks(), label: 'Tasks', icon: ListChecks, action: 'tasks', under: null },
  { to: paths.queues(), label: 'Queues', icon: Layers, action: 'queues', under: null },
  { to: paths.costs(), label: 'Costs', icon: CircleDollarSign, action: 'costs', under: null },
  { to: paths.status(), label: 'Status', icon: Activity, action: 'status', under: null },
] as const

/** Apart from the others: at the end of each navigation. */
export const settingsItem = {
  to: paths.appearance(),
  label: 'Settings',
  icon: Settings,
  under: '/settings',
} as const

/** On a phone these have no place of their own. */
export const moreItems: readonly NavItem[] = [
  ...navItems.filter(({ to }) => to === paths.queues()),
  settingsItem,
]

export type NavItem = (typeof navItems)[number] | typeof settingsItem
