import { Link, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { ConnectionDot } from './ConnectionDot.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'

type Props = {
  title: string
  /** Where one came from. */
  above?: { to: '/tasks'; label: string }
  actions?: ReactNode
  children: ReactNode
}

/** Every page: a bar with where one is, then the page itself. */
export const PageFrame = ({ title, above, actions, children }: Props) => {
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
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        {above && (
          <>
            <Link
              to={above.to}
              className="shrink-0 rounded-4 text-14 text-text-2 hover:text-text hover:underline pointer-coarse:py-3"
            >
              {above.label}
            </Link>
            <span aria-hidden className="text-text-3">
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
        <ConnectionDot />
        <ThemeToggle />
      </header>
      {children}
    </>
  )
}
