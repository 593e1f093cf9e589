import { useStoreApi } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { coveringSight, type Sight, sightOf } from './sight.ts'

/** The part of the plan that is in the page, renewed when somebody sees beyond it; null before the picture has a size. */
export const useSight = (): Sight | null => {
  const store = useStoreApi()
  const [sight, setSight] = useState<Sight | null>(null)
  useEffect(() => {
    const look = () => {
      const { transform, width, height } = store.getState()
      if (width === 0 || height === 0) return
      const [x, y, zoom] = transform
      const seen = sightOf({ x, y, zoom }, { width, height })
      setSight((before) => coveringSight(before, seen))
    }
    look()
    return store.subscribe(look)
  }, [store])
  return sight
}
