import type { MessagePort } from 'node:worker_threads'

/** How a script ended. `resultJson` is null when the code gave no value. */
export type ScriptOutcome =
  | {
      kind: 'value'
      resultJson: string | null
      /** Set when `resultJson` is only the start of so many characters. */
      cutOfCharacters: number | null
      logs: readonly string[]
    }
  | { kind: 'problem'; problem: string; logs: readonly string[] }

export type ScriptLimits = {
  /** Time on a processor, not on the clock: a busy machine makes no script fail. */
  computeMsMax: number
  resultCharactersMax: number
  logCharactersMax: number
  logLinesMax: number
}

/** What a worker is started with. */
export type SandboxWorkerData = {
  limits: ScriptLimits
  /** Opens (1) when the text that the worker asked for lies in `inputs`. */
  gate: Int32Array<SharedArrayBuffer>
  inputs: MessagePort
}

export type ToSandboxWorker = { code: string; inputNames: readonly string[] }

export type FromSandboxWorker =
  | { kind: 'ready' }
  | { kind: 'input-wanted'; name: string }
  | { kind: 'ended'; outcome: ScriptOutcome }
