import { AppError } from '@maestro/contracts/errors'
import type { Logger } from '@maestro/service-kit/logger'
import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report } from '../report/report.ts'

/** Far more than 600 pages take. */
const pdfBytesMax = 64 * 1024 * 1024
const heapMegabytesMax = 768
/** What it may have of memory in all, also outside of that heap; 400 pages take a fifth. */
const dataKilobytesMax = 3_000_000
/** Whoever began it may be killed, and layout hears of nothing while it goes on: it ends by itself. */
const processorSecondsMax = 180

const program = fileURLToPath(new URL('typeset.ts', import.meta.url))
const words = [process.execPath, `--max-old-space-size=${heapMegabytesMax}`, program] as const

/** Bounds of the system where it has them; the shell becomes the program, and is the process that is killed. */
const bounded = `ulimit -t ${processorSecondsMax} 2>/dev/null; ulimit -d ${dataKilobytesMax} 2>/dev/null; exec "$0" "$@"`

const begin = () => {
  const options: SpawnOptionsWithoutStdio = { env: {} }
  const [node, ...rest] = words
  return process.platform === 'win32'
    ? spawn(node, rest, options)
    : spawn('/bin/sh', ['-c', bounded, ...words], options)
}

/** Sets a report in a process of its own, which is killed when `signal` says so. @throws {AppError} `INTERNAL`, and the signal's reason. */
export const typesetApart = (
  report: Report,
  { log, signal }: { log: Pick<Logger, 'warn'>; signal: AbortSignal },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const child = begin()
    const chunks: Buffer[] = []
    let bytes = 0
    let said = ''
    const kill = () => void child.kill('SIGKILL')
    signal.addEventListener('abort', kill, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > pdfBytesMax) kill()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(0, 4_000)
    })
    // It may end before it has read all: why it did is told by its end.
    child.stdin.on('error', () => undefined)
    child.on('error', (cause) => {
      signal.removeEventListener('abort', kill)
      reject(new AppError('INTERNAL', { reason: 'the PDF could not be begun' }, { cause }))
    })
    child.on('close', (code, endedBy) => {
      signal.removeEventListener('abort', kill)
      if (code === 0) return resolve(Buffer.concat(chunks))
      if (signal.aborted) return reject(signal.reason as Error)
      log.warn({ code, signal: endedBy, said }, 'a PDF could not be made')
      return reject(new AppError('INTERNAL', { reason: 'the PDF could not be made' }))
    })
    child.stdin.end(JSON.stringify(report))
  })
