import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useStore } from 'zustand'
import { paths } from '../paths.ts'
import { classes } from '../ui/classes.ts'
import { Hint } from '../ui/Hint.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useMedia } from '../ui/use-media.ts'
import { navItems, settingsItem } from './nav-items.ts'
import { NavLink } from './NavLink.tsx'
import { navigation } from './preferences.ts'
import { useOpenApprovals } from './use-open-approvals.ts'

const linkLook =
  'relative flex h-9 items-center gap-3 rounded-6 px-2.5 text-14 text-text-2 transition-colors duration-[120ms] hover:bg-sunken hover:text-text pointer-coarse:h-11'
const activeLook =
  'bg-bg font-medium text-text before:absolute before:inset-y-2 before:-left-2 before:w-0.5 before:bg-accent'

/** Left of everything from 768 pixels on. */
export const NavBar = () => {
  const chosen = useStore(navigation).value
  const isTight = useMedia('(max-width: 1199px)')
  const narrow = chosen === 'narrow' || (chosen === 'auto' && isTight)
  const waiting = useOpenApprovals().data?.items.length ?? 0
  return (
    <nav
      aria-label="Main"
      className={classes(
        'hidden shrink-0 flex-col gap-0.5 border-r border-line bg-surface p-2 md:flex',
        narrow ? 'w-14' : 'w-54',
      )}
    >
      <div
        className={classes(
          'mb-3 flex h-10 items-center gap-2.5',
          narrow ? 'justify-center' : 'px-2.5',
        )}
      >
        <img src="/favicon.svg" alt="" width={22} height={22} />
        {!narrow && <span className="text-16 font-semibold tracking-tight">Maestro</span>}
      </div>
      {navItems.map((item) => {
        const { to, label, icon: Icon } = item
        return (
          <Hint key={to} text={narrow ? label : null} side="right">
            <NavLink item={item} look={linkLook} activeLook={activeLook}>
              <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />
              <span className={classes('grow', narrow && 'sr-only')}>{label}</span>
              {to === paths.needsYou() && waiting > 0 && (
                <span
                  className={classes(
                    'tnum rounded-4 bg-waiting px-1.5 text-12 font-semibold text-bg',
                    narrow && 'absolute -top-1.5 -right-1.5 px-1 leading-4',
                  )}
                >
                  {waiting}
                  <span className="sr-only"> open</span>
                </span>
              )}
            </NavLink>
          </Hint>
        )
      })}
      <div className="grow" />
      <Hint text={narrow ? settingsItem.label : null} side="right">
        <NavLink item={settingsItem} look={linkLook} activeLook={activeLook}>
          <settingsItem.icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />
          <span className={classes(narrow && 'sr-only')}>{settingsItem.label}</span>
        </NavLink>
      </Hint>
      <IconButton
        label={narrow ? 'Wide navigation' : 'Narrow navigation'}
        icon={narrow ? PanelLeftOpen : PanelLeftClose}
        className={classes(!narrow && 'ml-1')}
        onClick={() => navigation.setState({ value: narrow ? 'wide' : 'narrow' })}
      />
    </nav>
  )
}
