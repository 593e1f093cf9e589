import { type KeyboardEvent, useId, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/control-look.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { takeTypedAhead } from '../../ui/TypedAhead.tsx'
import { useKeyHint } from '../use-key-hint.ts'
import { type PaletteItem, paletteMatches } from './palette-matches.ts'
import { itemsOfSources } from './palette-sources.ts'
import { useFoundItems } from './use-found-items.ts'
import { usePaletteItems } from './use-palette-items.ts'

type Props = { onClose: () => void; onHelp: () => void }

const isOff = ({ unavailable }: PaletteItem) => (unavailable ?? null) !== null

/** Type where to go or what to do; arrows choose, Enter does it. */
export const Palette = ({ onClose, onHelp }: Props) => {
  const id = useId()
  const hint = useKeyHint()
  const items = usePaletteItems(onHelp)
  const [typed, setTyped] = useState(takeTypedAhead)
  const [place, setPlace] = useState(0)
  const known = [...itemsOfSources(typed), ...items]
  const found = paletteMatches([...known, ...useFoundItems(typed, known)], typed)
  const at = Math.min(place, found.length - 1)
  const chosen = found[at]
  const run = (item: PaletteItem | undefined) => {
    if (item === undefined || isOff(item)) return
    onClose()
    item.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0 && found.length > 0) {
      event.preventDefault()
      setPlace((at + by + found.length) % found.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
    }
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Go to">
      <div className="flex flex-col gap-2 p-3">
        <input
          role="combobox"
          aria-label="Go to or do"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
          autoFocus
          autoComplete="off"
          placeholder="A page, a task, an agent, a step, an action, the number of an event"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setPlace(0)
          }}
          onKeyDown={onKeyDown}
          className={classes(inputLook, 'w-full')}
        />
        <ul id={`${id}-list`} role="listbox" aria-label="What was found">
          {found.map((item, index) => (
            <li
              key={item.id}
              // Numbered: a name with a space in it is none that `aria-activedescendant` could tell.
              id={`${id}-${index}`}
              role="option"
              aria-selected={item === chosen}
              aria-disabled={isOff(item) || undefined}
              onClick={() => run(item)}
              className={classes(
                'flex cursor-pointer items-center gap-3 rounded-4 px-2.5 py-1.5 text-14 pointer-coarse:min-h-11',
                item === chosen ? 'bg-accent-soft' : 'hover:bg-surface',
              )}
            >
              <span className="w-18 shrink-0 text-12 text-text-3">{item.kind}</span>
              <span className={classes('truncate', isOff(item) && 'text-text-3')}>
                {item.label}
              </span>
              <span className="ml-auto shrink-0 truncate text-12 text-text-3">
                {isOff(item) ? item.unavailable : item.action && hint('', item.action).trim()}
              </span>
            </li>
          ))}
        </ul>
        {found.length === 0 && (
          <p role="status" className="px-2.5 text-13 text-text-2">
            Nothing has these words.
          </p>
        )}
      </div>
    </Dialog>
  )
}
