import { useEffect, useRef } from 'react'
import type { PaletteItem } from './palette-matches.ts'

/** What a page adds to the palette while it is shown, asked for when the palette needs it. */
type PaletteSource = (typed: string) => readonly PaletteItem[]

const sources = new Set<PaletteSource>()

export const usePaletteSource = (source: PaletteSource) => {
  const latest = useRef(source)
  latest.current = source
  useEffect(() => {
    const ask: PaletteSource = (typed) => latest.current(typed)
    sources.add(ask)
    return () => void sources.delete(ask)
  }, [])
}

export const itemsOfSources = (typed: string): readonly PaletteItem[] =>
  [...sources].flatMap((source) => source(typed))
