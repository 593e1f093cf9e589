import type { Stretch } from '@maestro/task-model/time/divide-time'
import type { TimeScale } from './time-scale.ts'

/** Nobody can tell less apart. */
const zoomMsMin = 10

const clamp = (ms: number, { fromMs, toMs }: Stretch) => Math.min(Math.max(ms, fromMs), toMs)

/** `1200-45000`: milliseconds since the task began. Null: all of it, as with what makes no sense. */
export const readZoom = (text: string | undefined, all: Stretch): Stretch | null => {
  const [from, to] =
    /^(\d{1,15})-(\d{1,15})$/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number) ?? []
  if (from === undefined || to === undefined) return null
  const zoom = { fromMs: clamp(all.fromMs + from, all), toMs: clamp(all.fromMs + to, all) }
  return zoom.toMs - zoom.fromMs < zoomMsMin ? null : zoom
}

type Wish =
  | { range: Stretch; all: Stretch }
  /** Nearer (below 1) or further around the middle of what is shown. */
  | { by: number; scale: TimeScale; all: Stretch }

export const writeZoom = (wish: Wish): string | undefined => {
  const { all } = wish
  const range = 'range' in wish ? wish.range : around(wish.scale, wish.by)
  const fromMs = Math.round(clamp(range.fromMs, all) - all.fromMs)
  const toMs = Math.round(clamp(range.toMs, all) - all.fromMs)
  const isAll = fromMs === 0 && toMs >= all.toMs - all.fromMs
  return isAll || toMs - fromMs < zoomMsMin ? undefined : `${fromMs}-${toMs}`
}

const around = ({ fromMs, toMs }: TimeScale, by: number): Stretch => {
  const middle = (fromMs + toMs) / 2
  const half = Math.max(zoomMsMin, ((toMs - fromMs) / 2) * by)
  return { fromMs: middle - half, toMs: middle + half }
}
