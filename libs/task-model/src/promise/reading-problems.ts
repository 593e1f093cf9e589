import type { JsonSchema } from '@maestro/contracts/llm/chat'
import { problemOfCondition, problemOfList, problemOfWhile } from '../plan/condition.ts'
import { pathOf, pathsReadBy, type ReadPath } from '../plan/paths-read-by.ts'
import { isNoList, schemaAt } from './schema-at.ts'

/** What is known of an output before it is there. */
export type Promised = { format: string; schema?: JsonSchema }
export type Visible = {
  /** By the names of the steps that may be needed. */
  promised: ReadonlyMap<string, Promised>
  /** Of each round of the step itself. */
  own: Promised
}

type Kind = 'condition' | 'list' | 'while'
const problemOf = { condition: problemOfCondition, list: problemOfList, while: problemOfWhile }

/** Why an expression of a step cannot be: it does not parse, or reads what is not needed or not promised. */
export const readingProblem = (
  text: string,
  kind: Kind,
  needs: readonly string[],
  visible: Visible,
): string | null => {
  const problem = problemOf[kind](text, needs)
  if (problem !== null) return problem
  for (const read of pathsReadBy(text)) {
    const unpromised = unpromisedIn(read, visible)
    if (unpromised !== null) return unpromised
  }
  const whole = kind === 'list' ? pathOf(text) : null
  return whole !== null && isNeverList(whole, visible)
    ? 'what it reads is promised, and no list'
    : null
}

const promisedTo = ({ of }: ReadPath, { promised, own }: Visible): Promised | undefined =>
  of === null ? own : promised.get(of)

const unpromisedIn = (read: ReadPath, visible: Visible): string | null => {
  const promised = promisedTo(read, visible)
  if (promised === undefined || read.path.length === 0) return null
  const who = read.of === null ? 'the step itself' : `"${read.of}"`
  const what = read.path.join('.')
  if (promised.format !== 'json') return `it reads ${what} of what ${who} delivers, which is text`
  const found = schemaAt(promised.schema, read.path)
  if (found.kind !== 'missing') return null
  const there = found.names.length === 0 ? '' : `; there are ${found.names.join(', ')}`
  const at = found.at === '' ? '' : ` at ${found.at}`
  return `it reads ${what} of what ${who} delivers, which its schema does not promise${at}${there}`
}

const isNeverList = (read: ReadPath, visible: Visible): boolean => {
  const promised = promisedTo(read, visible)
  if (promised === undefined) return false
  if (promised.format !== 'json') return true
  const found = schemaAt(promised.schema, read.path)
  return found.kind === 'known' && isNoList(found.schema)
}
