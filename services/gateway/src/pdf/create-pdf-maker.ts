import type { Logger } from '@maestro/service-kit/logger'
import { createReportGate } from '../report/report-gate.ts'
import type { Report } from '../report/report.ts'
import { typesetApart } from './typeset-apart.ts'

/** Each takes a core, and some hundred megabytes where it is long. */
const atOnceMax = 2
/** Who comes when so many wait is asked to come back. */
const waitingMax = 8
/** Two hundred pages take some seconds. */
const timeLimitMs = 120_000

/**
 * `gather` is called when the turn has come: who waits holds no report.
 * @throws {AppError} `UNAVAILABLE` when too many are asked for, `TIMEOUT` when one takes too long, `INTERNAL`.
 */
export type PdfMaker = (
  gather: (signal: AbortSignal) => Promise<Report>,
  closing: AbortSignal,
) => Promise<Buffer>

/**
 * Sets reports as PDF in processes of their own: what they are made of was written by models, and
 * whatever it does to a process, that process is none that serves others, has no secret and ends.
 */
export const createPdfMaker = ({
  log,
  limitMs = timeLimitMs,
}: {
  log: Pick<Logger, 'warn'>
  limitMs?: number
}): PdfMaker => {
  const gate = createReportGate({ what: 'PDF exports', atOnceMax, waitingMax, limitMs })
  return (gather, closing) =>
    gate(async (signal) => typesetApart(await gather(signal), { log, signal }), closing)
}
