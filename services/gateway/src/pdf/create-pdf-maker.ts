import { AppError } from '@maestro/contracts/errors'
import type { Logger } from '@maestro/service-kit/logger'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report } from '../report/report.ts'

/** Each takes a core, and some hundred megabytes where it is long. */
const atOnceMax = 2
/** Who comes when so many wait is asked to come back. */
const waitingMax = 8
/** Two hundred pages take some seconds. */
const timeLimitMs = 120_000
/** Far more than 600 pages take. */
const pdfBytesMax = 64 * 1024 * 1024
const heapMegabytesMax = 768

/** @throws {AppError} `UNAVAILABLE` when too many are asked for, `TIMEOUT` when one takes too long, `INTERNAL`. */
export type PdfMaker = (report: Report) => Promise<Buffer>

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
  let running = 0
  const waiting: (() => void)[] = []

  const enter = async () => {
    if (running < atOnceMax) {
      running += 1
      return
    }
    if (waiting.length >= waitingMax) {
      throw new AppError('UNAVAILABLE', { reason: 'too many PDF exports at once', waitingMax })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  /** A place is handed on, not given back, while somebody waits for it. */
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return async (report) => {
    await enter()
    try {
      return await typeset(report, { log, limitMs })
    } finally {
      leave()
    }
  }
}

const program = fileURLToPath(new URL('typeset.ts', import.meta.url))

const typeset = (
  report: Report,
  { log, limitMs }: { log: Pick<Logger, 'warn'>; limitMs: number },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytesMax}`, program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {},
    })
    const chunks: Buffer[] = []
    let bytes = 0
    let said = ''
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, limitMs)
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > pdfBytesMax) child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(0, 4_000)
    })
    // It may end before it has read all: why it did is told by its end.
    child.stdin.on('error', () => undefined)
    child.on('error', (cause) => {
      clearTimeout(timer)
      reject(new AppError('INTERNAL', { reason: 'the PDF could not be begun' }, { cause }))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(Buffer.concat(chunks))
      if (isLate)
        return reject(new AppError('TIMEOUT', { reason: 'the PDF took too long', limitMs }))
      log.warn({ code, signal, said }, 'a PDF could not be made')
      return reject(new AppError('INTERNAL', { reason: 'the PDF could not be made' }))
    })
    child.stdin.end(JSON.stringify(report))
  })
