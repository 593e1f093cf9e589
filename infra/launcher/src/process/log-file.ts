import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'

/** One file and one before it, per process. */
const LOG_BYTES_MAX = 10 * 1024 * 1024
const CHECK_EVERY_MS = 10_000
const TAIL_BYTES = 8 * 1024

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0)

const readFrom = (file: string, from: number, to: number): Buffer => {
  const buffer = Buffer.alloc(Math.max(0, to - from))
  const fd = openSync(file, 'r')
  try {
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, from))
  } finally {
    closeSync(fd)
  }
}

/** Children append to their file themselves: a log costs us nothing, and a child never waits for us to read. */
export const openLog = (file: string): number => openSync(file, 'a', 0o600)

/** Reads what is appended from now on, by whole lines. */
export const followLog = (file: string): (() => readonly string[]) => {
  let position = sizeOf(file)
  return () => {
    const size = sizeOf(file)
    if (size < position) position = 0
    const bytes = readFrom(file, position, size)
    const end = bytes.lastIndexOf(0x0a) + 1
    position += end
    return end === 0
      ? []
      : bytes
          .subarray(0, end - 1)
          .toString()
          .split('\n')
  }
}

/** The last lines, for a person. */
export const tailLog = (file: string, linesMax = 12): string => {
  const size = sizeOf(file)
  if (size === 0) return ''
  const lines = readFrom(file, Math.max(0, size - TAIL_BYTES), size)
    .toString()
    .trimEnd()
    .split('\n')
  return lines.slice(-linesMax).join('\n')
}

/**
 * Keeps a log bounded. Its writer has the file open for appending and goes on at the new end, so it is copied and
 * emptied, not renamed.
 */
export const rotateLog = (file: string, bytesMax = LOG_BYTES_MAX): void => {
  if (sizeOf(file) <= bytesMax) return
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
}

/** Looks after all logs of a folder until it is told to stop. */
export const keepLogsBounded = (folder: string): (() => void) => {
  const timer = setInterval(() => {
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.log')) rotateLog(join(folder, name))
    }
  }, CHECK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
