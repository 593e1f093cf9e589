import { type ASTNode, Environment } from '@marcbachmann/cel-js'

// Conditions are CEL: an expression that always ends and can reach nothing but what it is given. On
// outputs that a model wrote it may take long to end, so what takes more than a look at each thing is left
// out: lists inside lists, and every function but those listed here. Among the others are regular
// expressions, which backtrack, `duration`, which is one inside, and `cel.bind`, with which few words
// double a value again and again. Who evaluates bounds the outputs and the time beside that.

/** What a condition is about, by the names of the steps that are needed. */
export type ConditionFacts = {
  /** Of those that delivered one. */
  readonly outputs: Readonly<Record<string, unknown>>
  readonly steps: Readonly<Record<string, string>>
}

const createEnvironment = (): Environment => {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: 300,
      maxDepth: 30,
      maxListElements: 100,
      maxMapEntries: 100,
      maxCallArguments: 8,
    },
  })
    .registerVariable('outputs', 'map<string, dyn>')
    .registerVariable('steps', 'map<string, string>')
  // Numbers of JSON are doubles; people write `count + 1`.
  for (const [operator, apply] of Object.entries({
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
  })) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) =>
      apply(a, Number(b)),
    )
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) =>
      apply(Number(a), b),
    )
  }
  return environment
}

const environment = createEnvironment()
/** After a round it is also known what that one delivered. */
const roundEnvironment = createEnvironment()
  .registerVariable('output', 'dyn')
  .registerVariable('round', 'double')

/** Why this is no condition over these steps; null when it is one. */
export const problemOfCondition = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, environment, 'bool')

/** Why this is no condition for another round; null when it is one. */
export const problemOfWhile = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, roundEnvironment, 'bool')

/** Why this says no list in what these steps delivered; null when it does. */
export const problemOfList = (text: string, needs: readonly string[]): string | null =>
  problemOf(text, needs, environment, 'list')

const problemOf = (
  text: string,
  needs: readonly string[],
  within: Environment,
  kind: 'bool' | 'list',
): string | null => {
  const checked = within.check(text)
  if (!checked.valid) return `it does not parse: ${firstLine(checked.error)}`
  if (checked.type !== 'dyn' && !checked.type?.startsWith(kind))
    return `it has to be ${kind === 'bool' ? 'true or false' : 'a list'}, and is ${checked.type}`
  return problemIn(within.parse(text).ast, needs, false)
}

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

const nameIn = (key: string | ASTNode): string | null => {
  const name = typeof key === 'string' ? key : key.op === 'value' ? key.args : null
  return typeof name === 'string' ? name : null
}

/** Whether it holds, or why that cannot be said. */
export const evaluateCondition = (
  text: string,
  facts: ConditionFacts,
): { holds: boolean; problem: string | null } => holdsIn(environment, text, facts)

export type RoundFacts = ConditionFacts & {
  /** What the round delivered. */
  readonly output: unknown
  readonly round: number
}

/** Whether there is another round, or why that cannot be said. */
export const evaluateWhile = (
  text: string,
  facts: RoundFacts,
): { holds: boolean; problem: string | null } => holdsIn(roundEnvironment, text, facts)

export type FoundList =
  | { items: readonly unknown[]; problem: null }
  | { items: []; problem: string }

/** The list that it says, or why there is none. */
export const evaluateList = (text: string, facts: ConditionFacts): FoundList => {
  try {
    const value: unknown = environment.evaluate(text, facts)
    return Array.isArray(value)
      ? { items: value, problem: null }
      : { items: [], problem: 'it is no list' }
  } catch (error) {
    return { items: [], problem: firstLine(error) }
  }
}

const holdsIn = (
  within: Environment,
  text: string,
  facts: ConditionFacts,
): { holds: boolean; problem: string | null } => {
  try {
    const value: unknown = within.evaluate(text, facts)
    return typeof value === 'boolean'
      ? { holds: value, problem: null }
      : { holds: false, problem: 'it is neither true nor false' }
  } catch (error) {
    return { holds: false, problem: firstLine(error) }
  }
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n', 1)[0] ?? '').slice(0, 300) : 'it failed'

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

export const childrenOf = (args: unknown): readonly ASTNode[] => {
  if (Array.isArray(args)) return args.flatMap(childrenOf)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : []
}
