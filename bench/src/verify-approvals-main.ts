import { readFileSync } from 'node:fs'
import { verifyRecord } from '@maestro/task-model/audit/verify-record'

const [file = '', , head] = process.argv.slice(2)

const read = (): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    process.stderr.write(
      `✗ ${file} cannot be read: ${error instanceof Error ? error.message : ''}\n`,
    )
    return null
  }
}

const text = read()
if (text === null) {
  process.exitCode = 1
} else {
  const found = verifyRecord(text, head)
  if (found.ok) {
    const { entries, taskId, head: last } = found
    process.stdout.write(
      `✓ ${entries} entries of ${taskId}, whole and in order\n  last line: ${last}\n`,
    )
  } else {
    process.stderr.write(`✗ line ${found.line}: ${found.problem}\n`)
    process.exitCode = 1
  }
}
