import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '@maestro/task-model/task'

// Nearly all of a long task is what its steps have said and asked, and a command looks at that of one or two of them.
// P1 What is unpacked is the same JSON as what was packed, in the order of its keys.
// P2 Turns and calls of a step are unpacked when they are looked at, once.

/** Names this form where it is stored: nobody may take another for it. */
export const packedForm = 'zstd-1'

/** A step that has said less stands where it is: a part of its own would cost more than it saves. */
const partCharactersMin = 8 * 1024
/** The default grows a result by 16 KiB at a time, which takes longer than the unpacking. */
const unpackedAtOnce = { chunkSize: 256 * 1024 }

/** So little is unpacked sooner than another thread has been asked to. */
const inPlaceBytesMax = 16 * 1024
const pack = promisify(zstdCompress)
const unpack = promisify(zstdDecompress)

const partNames = ['turns', 'calls'] as const
type PartName = (typeof partNames)[number]
type Part = { stepId: StepId; from: number; to: number }
type Spine = { task: BornTask; parts: readonly Part[] }

/** @returns null when it has more than `charactersMax`. */
export const packTask = async (task: BornTask, charactersMax: number): Promise<Buffer | null> => {
  const parts: Part[] = []
  const packed: Buffer[] = []
  const steps: [string, Step][] = []
  let characters = 0
  let apart = 0
  let end = 0
  for (const [stepId, step] of Object.entries<Step>(task.steps)) {
    const { turns, calls } = step
    const text = JSON.stringify({ turns, calls })
    characters += text.length
    if (characters > charactersMax) return null
    if (text.length < partCharactersMin) {
      steps.push([stepId, step])
      continue
    }
    const part = await pack(text)
    parts.push({ stepId: step.stepId, from: end, to: end + part.length })
    packed.push(part)
    apart += text.length
    end += part.length
    steps.push([stepId, withoutParts(step)])
  }
  const rest = JSON.stringify({ task: { ...task, steps: Object.fromEntries(steps) }, parts })
  if (apart + rest.length > charactersMax) return null
  const spine = await pack(rest)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(spine.length)
  return Buffer.concat([length, spine, ...packed])
}

export const unpackTask = async (packed: Buffer): Promise<BornTask> => {
  const spineEnd = 4 + packed.readUInt32BE(0)
  const spine = packed.subarray(4, spineEnd)
  const text =
    spine.length <= inPlaceBytesMax
      ? zstdDecompressSync(spine, unpackedAtOnce)
      : await unpack(spine, unpackedAtOnce)
  // Our own bytes, of this very version of the rules: parsed, not checked again.
  const { task, parts } = JSON.parse(text.toString('utf8')) as Spine
  for (const { stepId, from, to } of parts) {
    const step = task.steps[stepId]
    if (step) putBack(step, packed.subarray(spineEnd + from, spineEnd + to))
  }
  return task
}

/** Their places stay, so that they come back in the order of the keys. */
const withoutParts = (step: Step): Step => ({ ...step, turns: [], calls: [] })

const putBack = (step: Step, part: Buffer) => {
  let known: Pick<Step, PartName> | null = null
  const read = () => {
    known ??= JSON.parse(zstdDecompressSync(part, unpackedAtOnce).toString('utf8')) as Pick<
      Step,
      PartName
    >
    return known
  }
  for (const name of partNames) {
    Object.defineProperty(step, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = read()[name]
        Object.defineProperty(step, name, {
          configurable: true,
          enumerable: true,
          writable: true,
          value,
        })
        return value
      },
    })
  }
}
