import { useStoreApi } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { coveringSight, type Sight, sightOf } from './sight.ts'

/** The first picture is there before what lies beyond it is made. */
const widenAfterMs = 300

/** The part of the plan that is in the page, renewed when somebody sees beyond it; null before the picture has a size. */
export const useSight = (): Sight | null => {
  const store = useStoreApi()
  const [sight, setSight] = useState<Sight | null>(null)
  useEffect(() => {
    let beyond: number | undefined = 0
    const look = (renew: (seen: Sight) => void) => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      if (width > 0 && height > 0) renew(sightOf({ x, y, zoom }, { width, height }))
    }
    const follow = () => look((seen) => setSight((before) => coveringSight(before, seen, beyond)))
    const widen = () => {
      beyond = undefined
      look((seen) => setSight(coveringSight(null, seen)))
    }
    follow()
    const timer = setTimeout(widen, widenAfterMs)
    const end = store.subscribe(follow)
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [store])
  return sight
}
