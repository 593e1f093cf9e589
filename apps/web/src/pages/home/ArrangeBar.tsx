import { Eye, RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { notices } from '../../shell/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { arrangedAloud } from './arranged-aloud.ts'
import {
  type Arrangement,
  isUsual,
  panelNames,
  usualArrangement,
  withPanel,
} from './arrangement.ts'
import { keptArrangement } from './kept-arrangement.ts'

/** What is not shown, what was done last, and the way back to how Home comes. */
export const ArrangeBar = ({ arrangement }: { arrangement: Arrangement }) => {
  const told = useStore(arrangedAloud).text
  const hidden = arrangement.filter(({ isShown }) => !isShown)
  useEffect(() => () => arrangedAloud.setState({ text: '' }), [])
  const reset = () => {
    keptArrangement.setState({ value: usualArrangement })
    notices.tell('Home is arranged as it comes again', 'done', () =>
      keptArrangement.setState({ value: arrangement }),
    )
  }
  return (
    <div className="mx-4 mt-3 flex flex-wrap items-center gap-2 rounded-8 bg-surface px-3 py-2 text-13 text-text-2">
      <span>Each panel has its buttons. Kept in this browser.</span>
      <span role="status" className="font-medium text-text">
        {told}
      </span>
      <div className="grow" />
      {hidden.map(({ panel }) => (
        <Button
          key={panel}
          size="small"
          icon={Eye}
          onClick={() => {
            keptArrangement.setState(({ value }) => ({
              value: withPanel(value, panel, { isShown: true }),
            }))
            arrangedAloud.setState({ text: `${panelNames[panel]} is shown again` })
          }}
        >
          Show: {panelNames[panel]}
        </Button>
      ))}
      <Button
        size="small"
        icon={RotateCcw}
        unavailable={isUsual(arrangement) ? 'Nothing has been arranged' : null}
        onClick={reset}
      >
        Reset
      </Button>
    </div>
  )
}
