import { useEffect, useRef } from 'react'
import type { Point } from './layout.ts'

/** Brings what is selected elsewhere into sight. Once for each selection: whoever moves on from there is not pulled back. */
export const useFollowed = (
  selected: string | null,
  points: ReadonlyMap<string, Point>,
  lookAt: (at: Point) => void,
) => {
  const followed = useRef(selected)
  useEffect(() => {
    if (followed.current === selected) return
    followed.current = selected
    const at = selected === null ? undefined : points.get(selected)
    if (at !== undefined) lookAt(at)
  })
}
