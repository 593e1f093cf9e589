import type { ScriptLimits } from './sandbox-messages.ts'

/** What a script says through `console`, bounded; the last line says when something was left out. */
export const createScriptLog = ({
  logCharactersMax,
  logLinesMax,
}: Pick<ScriptLimits, 'logCharactersMax' | 'logLinesMax'>) => {
  const lines: string[] = []
  let roomCharacters = logCharactersMax
  let leftOut = 0
  return {
    write: (line: string): void => {
      if (lines.length >= logLinesMax || roomCharacters <= 0) {
        leftOut += 1
        return
      }
      const shown = line.slice(0, roomCharacters)
      roomCharacters -= shown.length
      lines.push(shown.length < line.length ? `${shown} [cut]` : shown)
    },
    lines: (): readonly string[] =>
      leftOut === 0 ? lines : [...lines, `[${leftOut} more lines were left out]`],
  }
}
