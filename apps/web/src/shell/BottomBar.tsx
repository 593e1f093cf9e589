import { paths } from '../paths.ts'
import { MoreButton } from './MoreButton.tsx'
import { moreItems, navItems } from './nav-items.ts'
import { NavLink } from './NavLink.tsx'
import { useOpenApprovals } from './use-open-approvals.ts'

const items = navItems.filter((item) => !moreItems.includes(item))

const placeLook =
  'relative flex h-14 flex-col items-center justify-center gap-0.5 text-12 short:h-11 short:flex-row short:gap-1.5'
const activeLook = 'font-semibold text-accent'
const inactiveLook = 'text-text-2'

/** The navigation of a phone. */
export const BottomBar = () => {
  const waiting = useOpenApprovals().data?.items.length ?? 0
  return (
    <nav
      aria-label="Main"
      className="grid grid-cols-6 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {items.map((item) => {
        const { to, label, icon: Icon } = item
        return (
          <NavLink
            key={to}
            item={item}
            look={placeLook}
            activeLook={activeLook}
            inactiveLook={inactiveLook}
          >
            <Icon aria-hidden size={20} strokeWidth={1.75} />
            {label}
            {to === paths.needsYou() && waiting > 0 && (
              <span className="tnum absolute top-1 left-1/2 ml-1.5 rounded-4 short:static short:ml-0 bg-waiting px-1 text-12 leading-4 font-semibold text-bg">
                {waiting}
                <span className="sr-only"> open</span>
              </span>
            )}
          </NavLink>
        )
      })}
      <MoreButton look={placeLook} activeLook={activeLook} inactiveLook={inactiveLook} />
    </nav>
  )
}
