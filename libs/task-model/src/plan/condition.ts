import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { conditionEnvironment, roundEnvironment } from './condition-environment.ts'
import { childrenOf, nameIn } from './condition-syntax.ts'
import { firstLineOf } from './first-line-of.ts'

/** Why this is no condition over these steps; null when it is one. */
export const problemOfCondition = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, conditionEnvironment, 'bool')

/** Why this is no condition for another round; null when it is one. */
export const problemOfWhile = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, roundEnvironment, 'bool')

/** Why this says no list in what these steps delivered; null when it does. */
export const problemOfList = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, conditionEnvironment, 'list')

const problemOf = (
  text: string,
  needs: readonly string[],
  within: Environment,
  kind: 'bool' | 'list',
): string | null => {
  const checked = within.check(text)
  if (!checked.valid) return `it does not parse: ${firstLineOf(checked.error)}`
  if (checked.type !== 'dyn' && !checked.type?.startsWith(kind))
    return `it has to be ${kind === 'bool' ? 'true or false' : 'a list'}, and is ${checked.type}`
  return problemIn(within.parse(text).ast, needs, false)
}

const loops: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
const functions: ReadonlySet<string> = new Set([
  'has',
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'lowerAscii',
  'upperAscii',
  'trim',
  'int',
  'double',
  'string',
  'bool',
  ...loops,
])

const problemIn = (node: ASTNode, needs: readonly string[], isInLoop: boolean): string | null => {
  const own = problemAt(node, needs, isInLoop)
  if (own !== null) return own
  const inside = isInLoop || isLoop(node)
  for (const child of childrenOf(node.args)) {
    const problem = problemIn(child, needs, inside)
    if (problem !== null) return problem
  }
  return null
}

const isLoop = ({ op, args }: ASTNode): boolean =>
  op === 'rcall' && loops.has(String((args as readonly unknown[])[0]))

const problemAt = (node: ASTNode, needs: readonly string[], isInLoop: boolean): string | null => {
  if ((node.op === 'rcall' || node.op === 'call') && !functions.has(node.args[0]))
    return `\`${node.args[0]}\` is not there; there are ${[...functions].join(', ')}`
  if (isInLoop && isLoop(node)) return 'a list cannot be gone through inside another one'
  if (node.op !== '.' && node.op !== '[]') return null
  const [of, key] = node.args
  if (of.op !== 'id' || (of.args !== 'outputs' && of.args !== 'steps')) return null
  const name = nameIn(key)
  if (name === null) return `say in quotes which step is meant: ${of.args}["name"]`
  if (needs.includes(name)) return null
  const known = needs.length === 0 ? 'none' : needs.map((need) => `"${need}"`).join(', ')
  return `it reads "${name}", which the step does not need; it needs ${known}`
}
