// What may stand behind `npm start --`: looked at before anything is installed or started.

/** The words of the command line, each one of `known`. Ends the process for `--help`, and for a word that it does not know. */
export const readWords = ({ command, usage, known = [] }) => {
  const words = process.argv.slice(2)
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`\n${usage}\n`)
    process.exit(0)
  }
  const unknown = words.filter((word) => !known.includes(word))
  if (unknown.length > 0) {
    process.stderr.write(`\n  ✗ ${command} does not know ${unknown.join(', ')}\n\n${usage}\n`)
    process.exit(1)
  }
  return words
}
