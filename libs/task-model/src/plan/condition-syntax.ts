import type { ASTNode } from '@marcbachmann/cel-js'
import { roundEnvironment } from './condition-environment.ts'

/** Its syntax. @throws when it does not parse. */
export const parseCondition = (text: string): ASTNode => roundEnvironment.parse(text).ast

/** The steps whose outputs it reads; null when it looks at all that there are. */
export const outputsReadBy = (text: string): ReadonlySet<string> | null => {
  const names = new Set<string>()
  return isEachNamed(parseCondition(text), names) ? names : null
}

/** Notes the names behind `outputs`; false when it stands there without one. */
const isEachNamed = (node: ASTNode, names: Set<string>): boolean => {
  if (node.op === 'id') return node.args !== 'outputs'
  if ((node.op === '.' || node.op === '[]') && node.args[0].op === 'id') {
    const name = nameIn(node.args[1])
    if (node.args[0].args !== 'outputs')
      return childrenOf(node.args[1]).every((child) => isEachNamed(child, names))
    if (name !== null) names.add(name)
    return name !== null
  }
  return childrenOf(node.args).every((child) => isEachNamed(child, names))
}

/** The key of a map, where it is said in words. */
export const nameIn = (key: string | ASTNode): string | null => {
  const name = typeof key === 'string' ? key : key.op === 'value' ? key.args : null
  return typeof name === 'string' ? name : null
}

export const childrenOf = (args: unknown): readonly ASTNode[] => {
  if (Array.isArray(args)) return args.flatMap(childrenOf)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : []
}
