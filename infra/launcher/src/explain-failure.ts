import { LaunchFailure } from './launch-failure.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** What failed and what to do, for whatever may go wrong while starting. */
export const explainFailure = (error: unknown, home: string): LaunchFailure => {
  if (error instanceof LaunchFailure) return error
  switch (codeOf(error)) {
    case 'ENOSPC':
      return new LaunchFailure('no space left on the disk', 'Free about 1 GB and start again.', {
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new LaunchFailure(
        `no right to write: ${String(error)}`,
        `Give yourself the right to write in ${home}, or choose another folder: MAESTRO_HOME=… npm start`,
        { cause: error },
      )
    default:
      return new LaunchFailure(
        `an error that nobody expected: ${String(error)}`,
        `See the logs in ${home}/logs.`,
        { cause: error, logTail: error instanceof Error ? (error.stack ?? '') : '' },
      )
  }
}
