import { payloadBytesMax } from '@maestro/contracts/payload/payload-ref'
import { InputName, inputMediaTypes, inputsMax } from '@maestro/contracts/task/task-input'
import { newTaskBodyBytesMax } from '@maestro/contracts/gateway/http-task'
import { formatBytes } from '../../ui/format-count.ts'

export type InputFile = {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly text: string
}
export type RefusedFile = { readonly name: string; readonly problem: string }
export type ReadFile = { file: InputFile } | { refused: RefusedFile }

const endings = Object.values(inputMediaTypes).flat()

/** What a file picker offers. */
export const acceptedEndings = endings.join(',')

const mediaTypeOf = (name: string): string | null => {
  const ending = /\.[a-z]+$/i.exec(name)?.[0]?.toLowerCase() ?? ''
  const found = Object.entries(inputMediaTypes).find(([, known]) =>
    (known as readonly string[]).includes(ending),
  )
  return found?.[0] ?? null
}

/** Reads one file, or says in words what is wrong with it. */
export const readInputFile = async (file: File): Promise<ReadFile> => {
  const refuse = (problem: string): ReadFile => ({ refused: { name: file.name, problem } })
  const mediaType = mediaTypeOf(file.name)
  if (mediaType === null) return refuse(`Only ${endings.join(' ')} files are taken.`)
  if (!InputName.safeParse(file.name).success)
    return refuse('Its name has characters that are not taken; rename it.')
  if (file.size > payloadBytesMax)
    return refuse(`${formatBytes(file.size)} is more than ${formatBytes(payloadBytesMax)}.`)
  if (file.size === 0) return refuse('It is empty.')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return { file: { name: file.name, mediaType, bytes: file.size, text } }
  } catch {
    return refuse('It is no text in UTF-8.')
  }
}

/** The list with what was read: a file of the same name takes the place of the earlier one. */
export const withFiles = (
  files: readonly InputFile[],
  read: readonly ReadFile[],
): { files: readonly InputFile[]; refused: readonly RefusedFile[] } => {
  const refused: RefusedFile[] = []
  let kept = [...files]
  for (const result of read) {
    if ('refused' in result) {
      refused.push(result.refused)
      continue
    }
    const { file } = result
    const others = kept.filter(({ name }) => name !== file.name)
    const bytes = others.reduce((sum, other) => sum + other.bytes, file.bytes)
    const refuse = (problem: string) => refused.push({ name: file.name, problem })
    if (others.length >= inputsMax) refuse(`A task takes at most ${inputsMax} files.`)
    else if (bytes > newTaskBodyBytesMax * 0.9)
      refuse(`All files together are more than ${formatBytes(newTaskBodyBytesMax)}.`)
    else kept = [...others, file]
  }
  return { files: kept, refused }
}

/** A file for text that was pasted. */
export const fileOfText = (text: string, taken: readonly string[]): File => {
  const ending = looksLikeJson(text) ? 'json' : looksLikeCsv(text) ? 'csv' : 'txt'
  let number = 1
  while (taken.includes(`pasted-${number}.${ending}`)) number += 1
  return new File([text], `pasted-${number}.${ending}`)
}

const looksLikeJson = (text: string) => {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const looksLikeCsv = (text: string) => {
  const lines = text.trim().split('\n').slice(0, 5)
  const counts = lines.map((line) => line.split(',').length)
  return lines.length > 1 && (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0])
}
