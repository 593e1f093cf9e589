import { Clock } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button.tsx'
import { formatZone } from '../ui/format-time.ts'
import { shownTimes, turnShownTimes } from '../ui/shown-times.ts'

/** The zone of all times of the page, said once; pressed, times are told the other way. */
export const TimesToggle = () => {
  const isExact = useStore(shownTimes).value === 'absolute'
  const [zone] = useState(() => formatZone(Date.now()))
  return (
    <Button
      look="quiet"
      size="small"
      icon={Clock}
      className="max-md:hidden"
      aria-label={`Times in ${zone}: ${isExact ? 'show how long ago' : 'show the clock'}`}
      hint={`${isExact ? 'Show how long ago things were' : 'Show times by the clock'}   Alt T`}
      onClick={turnShownTimes}
    >
      {zone}
    </Button>
  )
}
