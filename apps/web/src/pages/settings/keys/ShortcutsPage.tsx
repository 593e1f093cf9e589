import { RotateCcw } from 'lucide-react'
import { useStore } from 'zustand'
import { notices } from '../../../shell/notices.ts'
import { ownKeys } from '../../../shell/own-keys.ts'
import { PageFrame } from '../../../shell/PageFrame.tsx'
import { letterKeys } from '../../../shell/preferences.ts'
import { shortcutList } from '../../../shell/shortcut-list.ts'
import { Button } from '../../../ui/Button.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { SettingsNav } from '../SettingsNav.tsx'
import { KeyRow } from './KeyRow.tsx'

/** Which keys do what, in this browser: turned off, or others than the console comes with. */
export const ShortcutsPage = () => {
  const keys = useStore(letterKeys).value
  const { value: own } = useStore(ownKeys)
  const chosen = Object.keys(own).length
  return (
    <PageFrame title="Keys">
      <SettingsNav />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-[760px] flex-col gap-8 px-4 py-8">
          <section className="flex flex-col items-start gap-2">
            <h2 className="text-16 font-semibold">Single keys</h2>
            <p className="text-14 text-text-2">
              They never act while you type, and never decide an approval. Kept in this browser.
            </p>
            <div className="flex flex-wrap items-center gap-3">
              <Segments
                label="Single letters as shortcuts"
                value={keys}
                options={[
                  { value: 'on', label: 'On' },
                  { value: 'off', label: 'Off' },
                ]}
                onValue={(value) => letterKeys.setState({ value })}
              />
              <Button
                icon={RotateCcw}
                unavailable={chosen === 0 ? 'No key is another than the console came with' : null}
                onClick={() => {
                  ownKeys.setState({ value: {} })
                  notices.tell('The keys are those that the console came with', 'done', () =>
                    ownKeys.setState({ value: own }),
                  )
                }}
              >
                Back to the keys it came with
              </Button>
            </div>
          </section>
          {shortcutList.map(({ scope, shortcuts }) => (
            <section key={scope} aria-label={scope}>
              <h2 className="mb-1 text-16 font-semibold">{scope}</h2>
              <ul>
                {shortcuts.map((shortcut) => (
                  <KeyRow key={shortcut.what} shortcut={shortcut} isOff={keys === 'off'} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </PageFrame>
  )
}
