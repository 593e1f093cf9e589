import { canonical, type Json } from '@maestro/task-model/approval/digest-of'
import { sha256Of } from '../sha256-of.ts'

export type Difference = {
  field: string
  recorded: Json | undefined
  regenerated: Json | undefined
}

/** Where two values stop being the same, by the order of their keys; null when they never do. */
export const firstDifference = (
  recorded: Json | undefined,
  regenerated: Json | undefined,
  field = '',
): Difference | null => {
  if (recorded === regenerated) return null
  const [one, other] = [partsOf(recorded), partsOf(regenerated)]
  if (one === null || other === null || Array.isArray(recorded) !== Array.isArray(regenerated)) {
    return { field, recorded, regenerated }
  }
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  // Items of a list stay in their order.
  for (const key of Array.isArray(recorded) ? keys : keys.toSorted()) {
    const below = field === '' ? key : `${field}.${key}`
    const found = firstDifference(one.get(key), other.get(key), below)
    if (found !== null) return found
  }
  return null
}

const partsOf = (value: Json | undefined): ReadonlyMap<string, Json> | null =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null

const shownCharactersMax = 200

/** One side of a difference for whoever looks at it. */
export const sideOf = (value: Json | undefined): { sha256: string; text: string } | null => {
  if (value === undefined) return null
  const text = canonical(value)
  return { sha256: sha256Of(text), text: text.slice(0, shownCharactersMax).toWellFormed() }
}

/** A value as it is stored: what JSON does not hold is not there. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
