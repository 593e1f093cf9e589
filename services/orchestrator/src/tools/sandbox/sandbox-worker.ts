import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  RELEASE_SYNC,
  type QuickJSWASMModule,
} from 'quickjs-emscripten'
import { evaluateScript } from './evaluate-script.ts'
import type { FromSandboxWorker, SandboxWorkerData, ToSandboxWorker } from './sandbox-messages.ts'
import { createWasmMemory } from './wasm-memory.ts'

// The thread that scripts run in. It has no environment and no file of its own: the only things it
// ever gets are code and the texts of the inputs that the code asks for.

/** The least that this build of QuickJS starts with. */
const memoryBytesMin = 16 * 1024 * 1024
/** QuickJS's own limit does not count in this build (its allocator cannot tell sizes), so WebAssembly's does. */
const memoryBytesMax = 64 * 1024 * 1024
/** WebAssembly memory never shrinks: an instance that grew beyond this is not kept for the next script. */
const memoryBytesKept = 32 * 1024 * 1024
/** Growth happens in steps; when less than this is left, an allocation has failed. */
const memoryBytesSpare = 4 * 1024 * 1024

const { limits, gate, inputs } = workerData as SandboxWorkerData
const port = parentPort
if (port === null) throw new Error('the sandbox runs in a worker thread only')
const tell = (message: FromSandboxWorker): void => port.postMessage(message)

const createInstance = async (): Promise<{ quickJs: QuickJSWASMModule; bytes: () => number }> => {
  const wasmMemory = createWasmMemory({ bytesMin: memoryBytesMin, bytesMax: memoryBytesMax })
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory }))
  return { quickJs, bytes: () => wasmMemory.buffer.byteLength }
}

/** Scripts are synchronous, so this thread sleeps until the text is there. */
const fetchInput = (name: string): string => {
  Atomics.store(gate, 0, 0)
  tell({ kind: 'input-wanted', name })
  Atomics.wait(gate, 0, 0)
  const received = receiveMessageOnPort(inputs)
  return String(received?.message)
}

const computedMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

let instance = createInstance()

const runScript = async ({ code, inputNames }: ToSandboxWorker): Promise<void> => {
  const { quickJs, bytes } = await instance
  // The newest text stays at hand, for scripts that ask in a loop.
  let newest: { name: string; text: string } | null = null
  const { outcome, reusable } = evaluateScript({
    quickJs,
    code,
    inputNames,
    readInput: (name) => {
      if (newest?.name !== name) newest = { name, text: fetchInput(name) }
      return newest.text
    },
    limits,
    computedMs,
    isMemoryFull: () => bytes() > memoryBytesMax - memoryBytesSpare,
  })
  tell({ kind: 'ended', outcome })
  if (!reusable || bytes() > memoryBytesKept) instance = createInstance()
}

// A rejection in here ends the thread, and whoever started it makes another one.
port.on('message', (message: ToSandboxWorker) => void runScript(message))
await instance
tell({ kind: 'ready' })
