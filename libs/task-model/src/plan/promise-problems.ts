import type { StepDraft } from '@maestro/contracts/task/plan-draft'
import { schemaProblems } from '../promise/schema-problems.ts'

/** Why an output cannot be promised as its step does. */
export const promiseProblems = ({ promise: { format, schema, from } }: StepDraft): string[] => {
  if (schema === undefined) return []
  if (format !== 'json') return [`it has a schema, and ${format} has none: promise json`]
  // No wire asks a model for anything else by a schema.
  if (from === 'answer' && schema['type'] !== 'object')
    return ['its schema: an agent delivers an object; put a list into one of its properties']
  return schemaProblems(schema).map((problem) => `its schema: ${problem}`)
}
