import { ArrowDown, ArrowUp, Columns2, EyeOff, Square } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { notices } from '../../shell/notices.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { arrangedAloud } from './arranged-aloud.ts'
import { movedPanel, panelNames, type PlacedPanel, withPanel } from './arrangement.ts'
import { keptArrangement } from './kept-arrangement.ts'

type Props = { placed: PlacedPanel; place: number; places: number }

/** What it takes to put a panel elsewhere, make it wider, or do without it. */
export const PanelTools = ({ placed: { panel, width }, place, places }: Props) => {
  const name = panelNames[panel]
  const bar = useRef<HTMLDivElement>(null)
  const pressed = useRef<string | null>(null)

  // What moves in the document loses the focus in a browser; whoever moves it by keyboard goes on with it.
  useLayoutEffect(() => {
    if (pressed.current === null) return
    const button = bar.current?.querySelector<HTMLElement>(`[aria-label="${pressed.current}"]`)
    button?.focus()
    button?.scrollIntoView({ block: 'nearest' })
    pressed.current = null
  }, [place])

  const move = (by: 1 | -1, label: string) => {
    pressed.current = label
    keptArrangement.setState(({ value }) => ({ value: movedPanel(value, panel, by) }))
    arrangedAloud.setState({ text: `${name} is ${place + by} of ${places} now` })
  }
  const hide = () => {
    const { value: before } = keptArrangement.getState()
    keptArrangement.setState({ value: withPanel(before, panel, { isShown: false }) })
    notices.tell(`${name} is not shown any more`, 'done', () =>
      keptArrangement.setState({ value: before }),
    )
  }
  const widen = () => {
    const next = width === 'one' ? 'two' : 'one'
    keptArrangement.setState(({ value }) => ({ value: withPanel(value, panel, { width: next }) }))
    arrangedAloud.setState({ text: `${name} takes ${next} of two columns now` })
  }
  const up = `Move up: ${name}`
  const down = `Move down: ${name}`
  return (
    <div ref={bar} className="flex shrink-0">
      <IconButton
        size="small"
        label={up}
        icon={ArrowUp}
        unavailable={place === 1 ? 'It is the first one' : null}
        onClick={() => move(-1, up)}
      />
      <IconButton
        size="small"
        label={down}
        icon={ArrowDown}
        unavailable={place === places ? 'It is the last one' : null}
        onClick={() => move(1, down)}
      />
      {/* A narrow page has one column alone. */}
      <span className="hidden @4xl:contents">
        <IconButton
          size="small"
          label={`${width === 'one' ? 'Two columns' : 'One column'}: ${name}`}
          icon={width === 'one' ? Columns2 : Square}
          onClick={widen}
        />
      </span>
      <IconButton size="small" label={`Hide: ${name}`} icon={EyeOff} onClick={hide} />
    </div>
  )
}
