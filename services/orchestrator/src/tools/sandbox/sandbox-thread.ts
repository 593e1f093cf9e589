import { MessageChannel, Worker } from 'node:worker_threads'
import { AppError } from '@maestro/contracts/errors'
import type {
  FromSandboxWorker,
  SandboxWorkerData,
  ScriptLimits,
  ScriptOutcome,
  ToSandboxWorker,
} from './sandbox-messages.ts'

export type ScriptRun = {
  code: string
  inputNames: readonly string[]
  /** Asked only for names in `inputNames`, and only for those that the code asks for. */
  readInput: (name: string) => Promise<string>
  signal: AbortSignal
}

/** One worker thread, which runs one script at a time. */
export type SandboxThread = {
  /** Ends the thread when the run is aborted or hangs; look at `isUsable` afterwards. @throws the signal's reason, what `readInput` threw, or {AppError} UNAVAILABLE when the thread cannot start. */
  run: (run: ScriptRun) => Promise<ScriptOutcome>
  isUsable: () => boolean
  /** A run that is still going on is rejected as UNAVAILABLE. */
  end: () => Promise<void>
}

type Current = {
  run: ScriptRun
  resolve: (outcome: ScriptOutcome) => void
  reject: (reason: unknown) => void
}

/** A start takes a tenth of a second; on a machine that is very busy it may take many. */
const startMsMax = 60_000

const problem = (words: string): ScriptOutcome => ({ kind: 'problem', problem: words, logs: [] })

export const createSandboxThread = ({
  limits,
  wallMsMax,
}: {
  limits: ScriptLimits
  /** From the start, or from the last input that was handed over, to the end: catches what QuickJS cannot interrupt. */
  wallMsMax: number
}): SandboxThread => {
  const gate = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const inputs = new MessageChannel()
  const workerData: SandboxWorkerData = { limits, gate, inputs: inputs.port2 }
  const worker = new Worker(new URL('./sandbox-worker.ts', import.meta.url), {
    name: 'sandbox',
    workerData,
    transferList: [inputs.port2],
    // Neither our environment nor what this process preloads (telemetry) is the thread's business.
    env: {},
    execArgv: [],
    resourceLimits: {
      // With less, deep recursion ends the thread's stack before QuickJS notices, and its instance breaks.
      stackSizeMb: 16,
      // Texts of inputs and results, several times over; WebAssembly memory is not counted here.
      maxOldGenerationSizeMb: 128,
      maxYoungGenerationSizeMb: 16,
    },
  })
  inputs.port1.unref()
  worker.unref()

  let usable = true
  let ready = false
  let current: Current | null = null
  let lastError: unknown
  let watchdog: NodeJS.Timeout | undefined

  const settle = (use: (current: Current) => void): void => {
    if (current === null) return
    const settled = current
    current = null
    clearTimeout(watchdog)
    settled.run.signal.removeEventListener('abort', onAbort)
    worker.unref()
    use(settled)
  }
  const endWith = async (use: (current: Current) => void): Promise<void> => {
    usable = false
    settle(use)
    inputs.port1.close()
    await worker.terminate()
  }
  function onAbort(): void {
    void endWith(({ run, reject }) => reject(run.signal.reason))
  }
  const watch = (): void => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      void endWith(({ resolve }) =>
        resolve(
          problem(
            `The code did not end within ${wallMsMax / 1000} s, in a built-in function that cannot be interrupted, and was stopped. Do less in one call.`,
          ),
        ),
      )
    }, wallMsMax)
  }
  const watchStart = (): void => {
    watchdog = setTimeout(() => {
      void endWith(({ reject }) => {
        reject(new AppError('UNAVAILABLE', { part: 'sandbox', reason: 'did not start' }))
      })
    }, startMsMax)
  }
  const handOver = async (name: string): Promise<void> => {
    if (current === null) return
    const { run } = current
    // The time that reading takes is ours; the signal bounds it.
    clearTimeout(watchdog)
    try {
      const text = await run.readInput(name)
      if (current?.run !== run) return
      inputs.port1.postMessage(text)
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
      watch()
    } catch (cause) {
      void endWith(({ reject }) => reject(cause))
    }
  }

  worker.on('message', (message: FromSandboxWorker) => {
    switch (message.kind) {
      case 'ready':
        ready = true
        if (current !== null) watch()
        return
      case 'input-wanted':
        void handOver(message.name)
        return
      case 'ended':
        settle(({ resolve }) => resolve(message.outcome))
        return
      default:
        message satisfies never
    }
  })
  worker.on('error', (error) => {
    lastError = error
  })
  worker.on('exit', () => {
    usable = false
    inputs.port1.close()
    settle(({ resolve, reject }) => {
      if (ready) {
        resolve(
          problem(
            'The sandbox broke down under this code, most likely for want of memory. Keep less at once.',
          ),
        )
      } else reject(new AppError('UNAVAILABLE', { part: 'sandbox' }, { cause: lastError }))
    })
  })

  return {
    run: (run) => {
      const { promise, resolve, reject } = Promise.withResolvers<ScriptOutcome>()
      current = { run, resolve, reject }
      run.signal.addEventListener('abort', onAbort, { once: true })
      worker.ref()
      // The time that the thread takes to start is not the time of its first script.
      if (ready) watch()
      else watchStart()
      const message: ToSandboxWorker = { code: run.code, inputNames: run.inputNames }
      worker.postMessage(message)
      return promise
    },
    isUsable: () => usable,
    end: () =>
      endWith(({ reject }) => {
        reject(new AppError('UNAVAILABLE', { part: 'sandbox', reason: 'closed' }))
      }),
  }
}
