import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, parseCondition } from './condition-syntax.ts'

/** What an expression reads of one output. `of`: the step's name; null: what the round delivered. */
export type ReadPath = { of: string | null; path: readonly (string | number)[] }

/** Every place in the outputs that an expression reads, as far as it says it in words. */
export const pathsReadBy = (text: string): readonly ReadPath[] => pathsIn(parseCondition(text))

/** The place that the expression as a whole is; null when it is something else. */
export const pathOf = (text: string): ReadPath | null => readPath(parseCondition(text))

const pathsIn = (node: ASTNode): readonly ReadPath[] => {
  // Whether something is there may be asked of what is not promised.
  if (node.op === 'call' && node.args[0] === 'has') return []
  const own = readPath(node)
  return own === null ? childrenOf(node.args).flatMap(pathsIn) : [own]
}

const readPath = (node: ASTNode): ReadPath | null => {
  const chain = chainOf(node)
  if (chain === null) return null
  const [root, ...path] = chain
  if (root === 'output') return { of: null, path }
  const [of, ...rest] = path
  return root === 'outputs' && typeof of === 'string' ? { of, path: rest } : null
}

const chainOf = (node: ASTNode): readonly (string | number)[] | null => {
  if (node.op === 'id') return [node.args]
  if (node.op !== '.' && node.op !== '[]') return null
  const key = keyOf(node.args[1])
  const before = chainOf(node.args[0])
  return key === null || before === null ? null : [...before, key]
}

const keyOf = (key: string | ASTNode): string | number | null => {
  if (typeof key === 'string') return key
  if (key.op !== 'value') return null
  const { args } = key
  if (typeof args === 'bigint') return Number(args)
  return typeof args === 'string' ? args : null
}
