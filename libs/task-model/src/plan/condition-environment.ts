import { Environment } from '@marcbachmann/cel-js'

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

/** Of conditions and lists. */
export const conditionEnvironment = createEnvironment()
/** After a round it is also known what that one delivered. */
export const roundEnvironment = createEnvironment()
  .registerVariable('output', 'dyn')
  .registerVariable('round', 'double')
