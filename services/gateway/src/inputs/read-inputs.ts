import { AppError } from '@maestro/contracts/errors'
import type { HttpInput } from '@maestro/contracts/gateway/http-task'
import { payloadBytesMax } from '@maestro/contracts/payload/payload-ref'
import { InputMediaType, inputMediaTypes } from '@maestro/contracts/task/task-input'

export type ReadInput = { name: string; mediaType: InputMediaType; content: Buffer }

/** Reads the files of a request. @throws {AppError} that names the input which does not fit. */
export const readInputs = (inputs: readonly HttpInput[]): ReadInput[] => inputs.map(readInput)

const readInput = (input: HttpInput): ReadInput => {
  const { name } = input
  const mediaType = mediaTypeOf(input)
  const raw = input.text === undefined ? bytesOf(name, input.base64 ?? '') : Buffer.from(input.text)
  const content = raw.subarray(0, 3).equals(byteOrderMark) ? raw.subarray(3) : raw
  if (content.length > payloadBytesMax) {
    throw new AppError('PAYLOAD_TOO_LARGE', {
      input: name,
      bytes: content.length,
      bytesMax: payloadBytesMax,
    })
  }
  const text = textOf(name, content)
  if (text.trim() === '') throw refused(name, 'the file is empty')
  if (mediaType === 'application/json') mustBeJson(name, text)
  return { name, mediaType, content }
}

// Some editors put it first; to a reader of CSV or JSON it is a stray character.
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

const refused = (input: string, reason: string, cause?: unknown) =>
  new AppError('INVALID_INPUT', { input, reason }, { cause })

const mediaTypeOf = ({ name, mediaType }: HttpInput): InputMediaType => {
  const given = mediaType?.split(';')[0]?.trim().toLowerCase()
  const found = InputMediaType.safeParse(given ?? guessMediaType(name))
  if (found.success) return found.data
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
    input: name,
    mediaType: given ?? null,
    taken: inputMediaTypes,
  })
}

const guessMediaType = (name: string): string | undefined =>
  Object.entries(inputMediaTypes).find(([, endings]) =>
    endings.some((ending) => name.toLowerCase().endsWith(ending)),
  )?.[0]

const bytesOf = (name: string, base64: string): Buffer => {
  const digits = base64.replace(/\s+/g, '')
  const content = Buffer.from(digits, 'base64')
  // The decoder passes over what is no base64; writing it again shows whether it did.
  const again = content.toString('base64').replace(/=+$/, '')
  if (again !== digits.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')) {
    throw refused(name, 'this is no base64')
  }
  return content
}

const textOf = (name: string, content: Buffer): string => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    if (!text.includes('\0')) return text
  } catch (cause) {
    throw refused(name, 'this is no text in UTF-8', cause)
  }
  throw refused(name, 'this holds NUL characters, so it is no text')
}

const mustBeJson = (name: string, text: string): void => {
  try {
    JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no JSON'
    throw refused(name, `this is no JSON: ${reason}`, cause)
  }
}
