import { useStore } from 'zustand'
import { keyOf, type OwnKeys, writeKey } from './key-of.ts'
import { ownKeys } from './own-keys.ts'
import { letterKeys } from './preferences.ts'
import { type Shortcut, shortcutList } from './shortcut-list.ts'

/** What each key does, by the keys that this person has. */
export const ShortcutTable = () => {
  const { value: own } = useStore(ownKeys)
  const isOff = useStore(letterKeys).value === 'off'
  return (
    <div className="gap-x-10 md:columns-2">
      {shortcutList.map(({ scope, shortcuts }) => (
        <section key={scope} className="mb-6 break-inside-avoid">
          <h3 className="mb-1 text-13 font-semibold text-text">{scope}</h3>
          <dl>
            {shortcuts.map((shortcut) => (
              <div
                key={shortcut.what}
                className="flex items-baseline justify-between gap-4 border-b border-line py-1.5"
              >
                <dt className="text-13 text-text-2">{shortcut.what}</dt>
                <dd className="font-mono text-12 whitespace-pre text-text">
                  {isOff && 'action' in shortcut ? 'off' : keysOf(shortcut, own)}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

const keysOf = (shortcut: Shortcut, own: OwnKeys) =>
  'keys' in shortcut ? shortcut.keys : writeKey(keyOf(shortcut.action, own))
