import { useEffect, useRef } from 'react'
import type { Eye } from './eye.ts'
import { shownEye } from './shown-eye.ts'

/** Tells the page where its graph is looked at; null: this picture is not the one that is meant. */
export const useToldEye = (readEye: (() => Eye | null) | null) => {
  const latest = useRef(readEye)
  latest.current = readEye
  const isMeant = readEye !== null
  useEffect(
    () => (isMeant ? shownEye.tellBy(() => latest.current?.() ?? null) : undefined),
    [isMeant],
  )
}
