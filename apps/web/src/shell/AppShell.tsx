import { Outlet, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { readSession } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useApp } from './app-context.ts'
import { LostBanner } from './LostBanner.tsx'
import { NavBar } from './NavBar.tsx'
import { navItems } from './nav-items.ts'
import { notices } from './notices.ts'
import { paletteOpen } from './palette-open.ts'
import { useKeys } from './use-keys.ts'
import { useLiveTopics } from './use-live-topics.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { useMedia } from '../ui/use-media.ts'
import { turnShownTimes } from '../ui/shown-times.ts'
import { TypedAhead } from '../ui/TypedAhead.tsx'

const HelpDialog = lazyPart(() => import('./HelpDialog.tsx').then((module) => module.HelpDialog))

const Palette = lazyPart(
  () => import('./palette/Palette.tsx').then((module) => module.Palette),
  <TypedAhead />,
)

const BottomBar = lazyPart(
  () => import('./BottomBar.tsx').then((module) => module.BottomBar),
  <div className="h-14 shrink-0 border-t border-line bg-surface short:h-11" />,
)

const Notices = lazyPart(() => import('./Notices.tsx').then((module) => module.Notices))

const SignInPage = lazyPart(() => import('./SignInPage.tsx').then((module) => module.SignInPage))

const SignInAgain = lazyPart(() => import('./SignInAgain.tsx').then((module) => module.SignInAgain))

const skipLook =
  'sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-6 focus:bg-accent focus:px-3 focus:py-2 focus:text-bg'

/** What is around every page: sign-in, navigation, the state of the connection, shortcuts. */
export const AppShell = () => {
  const { http, session } = useApp()
  const { signedIn } = useStore(session)
  const navigate = useNavigate()
  const [helpOpen, setHelpOpen] = useState(false)
  const { isOpen: isPaletteOpen } = useStore(paletteOpen)
  const told = useStore(notices.store, ({ kept }) => kept[0]?.text ?? null)
  const isPhone = useMedia('(max-width: 767px)')
  const showHelp = useCallback(() => setHelpOpen(true), [])

  useEffect(() => {
    // A refusal has told the session already; an outage is told by each panel.
    readSession(http).then(
      () => session.setState({ signedIn: 'yes' }),
      () =>
        session.setState((state) => (state.signedIn === 'unknown' ? { signedIn: 'yes' } : state)),
    )
  }, [http, session])

  useEffect(() => {
    // With Ctrl, ⌘ or Alt it is no letter: these act from within fields as well, but the palette not above another dialog.
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey && event.code === 'KeyT' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault()
        turnShownTimes()
      }
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (document.querySelector('dialog[open]') === null) paletteOpen.setState({ isOpen: true })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  useLiveTopics(signedIn === 'yes')
  useKeys({
    ...Object.fromEntries(navItems.map(({ action, to }) => [action, () => void navigate({ to })])),
    'new-task': () => void navigate({ to: paths.newTask() }),
    help: showHelp,
    filter: () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
  })

  if (signedIn === 'no') return <SignInPage />
  return (
    <>
      <a href="#content" className={skipLook}>
        Skip to content
      </a>
      <div className="flex h-full">
        <NavBar />
        <div className="flex min-w-0 grow flex-col">
          <LostBanner />
          {isPaletteOpen && (
            <Palette onClose={() => paletteOpen.setState({ isOpen: false })} onHelp={showHelp} />
          )}
          {helpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
          <main id="content" tabIndex={-1} className="flex min-h-0 grow flex-col outline-none">
            {signedIn !== 'unknown' && <Outlet />}
          </main>
          {isPhone && <BottomBar />}
          {/* There before anything is told: only then is it read aloud. */}
          <p role="status" className="sr-only">
            {told}
          </p>
          {told !== null && <Notices />}
          {signedIn === 'ended' && <SignInAgain />}
        </div>
      </div>
    </>
  )
}
