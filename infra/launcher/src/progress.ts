const TITLE_WIDTH = 16
const TEXT_WIDTH = 34

export type Progress = {
  /** One thing that is done. */
  readonly line: (title: string, text: string, sinceMs?: number) => void
  readonly text: (text: string) => void
}

/** `  NATS 2.10.27    127.0.0.1:23231                   0.3 s` */
export const progressLine = (title: string, text: string, tookMs?: number): string => {
  const took = tookMs === undefined ? '' : `${(tookMs / 1_000).toFixed(1)} s`.padStart(7)
  return `  ${title.padEnd(TITLE_WIDTH)}${text.padEnd(took ? TEXT_WIDTH : 0)}${took}`
}

export const createProgress = (write: (text: string) => void): Progress => ({
  line: (title, text, sinceMs) => {
    const tookMs = sinceMs === undefined ? undefined : performance.now() - sinceMs
    write(`${progressLine(title, text, tookMs)}\n`)
  },
  text: (text) => write(text),
})
