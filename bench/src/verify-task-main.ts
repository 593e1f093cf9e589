import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createTaskFileCheck } from '@maestro/contracts/task-file/check-task-file'

const [file = ''] = process.argv.slice(2)
const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

/** By line feeds alone: other ends of lines may stand in texts. The last one may be cut. */
const linesOf = async function* (path: string) {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield `${rest}\0`
}

const check = createTaskFileCheck(hashOf, (base64) => hashOf(Buffer.from(base64, 'base64')))
const verify = async () => {
  for await (const line of linesOf(file)) {
    const problem = check.take(line)
    if (problem !== null) return problem
  }
  return check.end()
}
try {
  const found = await verify()
  if (found.ok) {
    const { events, payloads, missing, taskId } = found
    const gone = missing === 0 ? '' : `; ${missing} texts were not there any more`
    process.stdout.write(`✓ ${events} events and ${payloads} texts of ${taskId}, whole${gone}\n`)
  } else {
    const { line, seq, problem } = found
    const after = seq === null ? '' : `, after event ${seq}`
    process.stderr.write(`✗ line ${line}${after}: ${problem}\n`)
    process.exitCode = 1
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`✗ ${file} cannot be read: ${reason}\n`)
  process.exitCode = 1
}
