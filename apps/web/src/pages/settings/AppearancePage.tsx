import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { messageOf } from '../../api/request-id.ts'
import { signOut } from '../../api/session.ts'
import { useApp } from '../../shell/app-context.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { theme } from '../../shell/preferences.ts'
import { Button } from '../../ui/Button.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { SettingsNav } from './SettingsNav.tsx'

/** How the console looks in this browser, and the way out of it. */
export const AppearancePage = () => {
  const { http, session } = useApp()
  const colours = useStore(theme).value
  const [problem, setProblem] = useState<string | null>(null)
  const leave = () =>
    signOut(http).then(
      () => session.setState({ signedIn: 'no' }),
      (error: unknown) => setProblem(messageOf(error)),
    )
  return (
    <PageFrame title="Appearance">
      <SettingsNav />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-[760px] flex-col gap-10 px-4 py-8">
          <section className="flex flex-col items-start gap-2">
            <h2 className="text-16 font-semibold">Theme</h2>
            <p className="text-14 text-text-2">Kept in this browser. White unless you choose.</p>
            <Segments
              label="Theme"
              value={colours}
              options={[
                { value: 'light', label: 'White' },
                { value: 'dark', label: 'Dark' },
              ]}
              onValue={(value) => theme.setState({ value })}
            />
          </section>
          <section className="flex flex-col items-start gap-2">
            <h2 className="text-16 font-semibold">Session</h2>
            <Button icon={LogOut} onClick={() => void leave()}>
              Sign out
            </Button>
            {problem !== null && (
              <p role="alert" className="text-13 text-failed">
                {problem}
              </p>
            )}
          </section>
        </div>
      </div>
    </PageFrame>
  )
}
