import { Link, useRouterState } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { ConnectionDot } from './ConnectionDot.tsx'
import { notices } from './notices.ts'
import { paletteOpen } from './palette-open.ts'
import { ThemeToggle } from './ThemeToggle.tsx'
import { TimesToggle } from './TimesToggle.tsx'

const NoticesButton = lazyPart(() =>
  import('./NoticesButton.tsx').then((module) => module.NoticesButton),
)

type Props = {
  title: string
  /** Where one came from. */
  above?: { to: '/tasks' | '/needs-you'; label: string }
  actions?: ReactNode
  children: ReactNode
}

/** Every page: a bar with where one is, then the page itself. */
export const PageFrame = ({ title, above, actions, children }: Props) => {
  const hasNotices = useStore(notices.store, ({ kept }) => kept.length > 0)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirstPage = useRouterState({ select: ({ resolvedLocation }) => !resolvedLocation })
  const wasFirstPage = useRef(isFirstPage)

  useEffect(() => {
    // A new page is announced by its heading; the first one by the browser itself.
    if (!wasFirstPage.current) heading.current?.focus({ preventScroll: true })
  }, [])

  return (
    <>
      <title>{`${title} · Maestro`}</title>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4 pointer-coarse:h-14 max-md:gap-0">
        {above && (
          <>
            <Link
              to={above.to}
              className="shrink-0 rounded-4 text-14 text-text-2 hover:text-text hover:underline pointer-coarse:py-3"
            >
              {above.label}
            </Link>
            <span aria-hidden className="text-text-3 max-md:mx-1.5">
              ›
            </span>
          </>
        )}
        <h1
          ref={heading}
          tabIndex={-1}
          className="min-w-0 truncate text-16 font-semibold"
          title={title}
        >
          {title}
        </h1>
        <div className="grow" />
        {actions}
        <Button
          look="quiet"
          size="small"
          icon={Search}
          hint="A page, a task, a step, an action   Ctrl K"
          onClick={() => paletteOpen.setState({ isOpen: true })}
        >
          <span className="max-lg:sr-only">Go to</span>
          <kbd
            aria-hidden
            className="rounded-4 border border-line px-1 font-mono text-12 font-normal text-text-3 max-lg:hidden"
          >
            Ctrl K
          </kbd>
        </Button>
        {hasNotices && <NoticesButton />}
        <TimesToggle />
        <ConnectionDot />
        <ThemeToggle />
      </header>
      {children}
    </>
  )
}
