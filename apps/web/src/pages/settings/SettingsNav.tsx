import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'

const pages = [
  { to: paths.providers(), label: 'Providers' },
  { to: paths.appearance(), label: 'Appearance' },
  { to: paths.shortcuts(), label: 'Keys' },
] as const

/** The pages of the settings, on top of each of them. */
export const SettingsNav = () => (
  <nav
    aria-label="Settings"
    className="flex shrink-0 items-center overflow-x-auto border-b border-line px-1"
  >
    {pages.map(({ to, label }) => (
      <Link
        key={to}
        to={to}
        className="-mb-px border-b-2 px-3 py-2 text-14 font-medium transition-colors duration-[120ms] pointer-coarse:py-3"
        activeProps={{ className: 'border-accent text-text', 'aria-current': 'page' }}
        inactiveProps={{ className: 'border-transparent text-text-2 hover:text-text' }}
      >
        {label}
      </Link>
    ))}
  </nav>
)
