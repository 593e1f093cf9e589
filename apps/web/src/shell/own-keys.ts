import { createStoredAs } from '../ui/stored.ts'
import { readOwnKeys } from './read-own-keys.ts'

/** The keys that were chosen in this browser; they outlive a reload, where storage is allowed. */
export const ownKeys = createStoredAs('maestro.keys', readOwnKeys, (own) => JSON.stringify(own))
