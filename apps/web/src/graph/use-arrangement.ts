import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { keepPlaces } from './keep-places.ts'
import type { Layout, Outline } from './layout.ts'

/** Of larger plans a better picture is looked for when somebody asks for it. */
const refinedMax = 300
/** A plan that grows from moment to moment is looked at once it rests. */
const restsAfterMs = 800
/** Long enough to read what came of it. */
const toldForMs = 6_000

/** Better pictures that were found, so that coming back to the graph does not look for them again. */
const found = new WeakMap<Outline, Layout>()

export type Tidying = 'idle' | 'busy' | 'done' | 'as-good' | 'too-long' | 'failed'
type Arranged = { readonly fresh: Layout; readonly layout: Layout }

const begin = (fresh: Layout): Arranged => {
  const known = found.get(fresh.outline)
  return { fresh, layout: known === undefined ? fresh : keepPlaces(known, fresh) }
}

/**
 * Where the cards stand: at once by the instant pass, refined where a worker finds fewer crossings. Once
 * somebody has moved the picture, no card moves any more unless they ask for it.
 */
export const useArrangement = (fresh: Layout, hasMovedRef: RefObject<boolean>) => {
  const [arranged, setArranged] = useState(() => begin(fresh))
  const [tidying, setTidying] = useState<Tidying>('idle')
  const running = useRef<AbortController>(null)
  let shown = arranged
  if (arranged.fresh !== fresh) {
    const isSamePlan = arranged.fresh.outline === fresh.outline
    shown =
      isSamePlan || hasMovedRef.current
        ? { fresh, layout: keepPlaces(arranged.layout, fresh) }
        : begin(fresh)
    setArranged(shown)
    if (!isSamePlan) setTidying('idle')
  }

  const tidy = useCallback(
    async (isAsked: boolean) => {
      running.current?.abort()
      const control = new AbortController()
      running.current = control
      if (isAsked) setTidying('busy')
      const outcome = await import('./tidy/tidy-layout.ts').then(
        ({ tidyLayout }) => tidyLayout(fresh, control.signal),
        () => 'failed' as const,
      )
      if (running.current !== control) return
      running.current = null
      if (control.signal.aborted) return setTidying('idle')
      if (isAsked) setTidying(typeof outcome === 'string' ? outcome : 'done')
      if (typeof outcome !== 'string') found.set(fresh.outline, outcome.layout)
      // Whoever asks gets the whole picture anew, also where nothing better was found.
      if (isAsked || (typeof outcome !== 'string' && !hasMovedRef.current))
        setArranged(begin(fresh))
    },
    [fresh, hasMovedRef],
  )

  useEffect(() => {
    const { ids, links } = fresh.outline
    const isWorth = ids.length <= refinedMax && links.length > 1 && !found.has(fresh.outline)
    if (!isWorth || hasMovedRef.current) return
    const timer = setTimeout(() => {
      // Whoever asked before it was looked for unasked is waiting for an answer.
      if (!hasMovedRef.current && running.current === null) void tidy(false)
    }, restsAfterMs)
    return () => {
      clearTimeout(timer)
      running.current?.abort()
    }
  }, [fresh, hasMovedRef, tidy])

  useEffect(() => {
    if (tidying === 'idle' || tidying === 'busy') return
    const timer = setTimeout(() => setTidying('idle'), toldForMs)
    return () => clearTimeout(timer)
  }, [tidying])

  return { layout: shown.layout, tidying, tidy: () => void tidy(true) }
}
