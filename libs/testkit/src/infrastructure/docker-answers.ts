import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** A client without an engine behind it says so on its own; one whose engine hangs is not waited for. */
const ANSWER_TIMEOUT_MS = 5_000

/** Is there a Docker engine, not only its client? */
export const dockerAnswers = async (): Promise<boolean> => {
  try {
    await promisify(execFile)('docker', ['version', '--format', '{{.Server.Version}}'], {
      timeout: ANSWER_TIMEOUT_MS,
    })
    return true
  } catch {
    return false
  }
}
