const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** `07:41`, `1:07:41`; exact and of steady width, for things that run. */
export const formatElapsed = (ms: number): string => {
  const rest = Math.max(0, ms)
  const minutes = two((rest % hourMs) / minuteMs)
  const seconds = two((rest % minuteMs) / secondMs)
  const hours = Math.floor(rest / hourMs)
  return hours > 0 ? `${hours}:${minutes}:${seconds}` : `${minutes}:${seconds}`
}

/** `00:12.4`, for steps: tenths matter there. */
export const formatStepTime = (ms: number): string =>
  `${formatElapsed(ms)}.${Math.floor((Math.max(0, ms) % secondMs) / 100)}`

/** `340 ms`, `12.4 s`, `7 m 41 s`, `2 h 14 m`, `3 d 2 h`. */
export const formatDuration = (ms: number): string => {
  const rest = Math.max(0, Math.round(ms))
  if (rest < secondMs) return `${rest} ms`
  if (rest < minuteMs) return `${(Math.floor(rest / 100) / 10).toFixed(1)} s`
  if (rest < hourMs)
    return `${Math.floor(rest / minuteMs)} m ${Math.floor((rest % minuteMs) / secondMs)} s`
  if (rest < dayMs)
    return `${Math.floor(rest / hourMs)} h ${Math.floor((rest % hourMs) / minuteMs)} m`
  return `${Math.floor(rest / dayMs)} d ${Math.floor((rest % dayMs) / hourMs)} h`
}

/** `just now`, `12 s ago`, `7 m ago`, `3 h ago`; from a day on the date itself. */
export const formatAge = (at: number, now: number): string => {
  const age = now - at
  if (age < 5 * secondMs) return 'just now'
  if (age < minuteMs) return `${Math.floor(age / secondMs)} s ago`
  if (age < hourMs) return `${Math.floor(age / minuteMs)} m ago`
  if (age < dayMs) return `${Math.floor(age / hourMs)} h ago`
  return formatDate(at)
}

/** `in 12 s`, `in 3 h`; `now` once it has come. */
export const formatUntil = (at: number, now: number): string => {
  const rest = at - now
  if (rest <= 0) return 'now'
  if (rest < minuteMs) return `in ${Math.ceil(rest / secondMs)} s`
  if (rest < hourMs) return `in ${Math.floor(rest / minuteMs)} m`
  if (rest < dayMs) return `in ${Math.floor(rest / hourMs)} h`
  return `in ${Math.floor(rest / dayMs)} d`
}

/** `14:03:22` in the reader's zone. */
export const formatClock = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `14:03:22.418`. */
export const formatClockMs = (at: number): string =>
  `${formatClock(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`

/** `2026-03-14 14:03`. */
export const formatDate = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `14:03:22` of today, else the date as well. */
export const formatMoment = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? formatClock(at) : formatDate(at)

/** `2026-03-14 14:03:22`, for hover and focus. */
export const formatExact = (at: number): string =>
  `${formatDate(at)}:${two(new Date(at).getSeconds())}`

/** `UTC`, `GMT+1`: what the clock of this reader is set to. */
export const formatZone = (at: number): string =>
  new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''
