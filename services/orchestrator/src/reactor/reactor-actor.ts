import type { Actor } from '@maestro/contracts/actor'

/** Who speaks when an effect is answered. */
export const reactorActor: Actor = { kind: 'service', id: 'orchestrator' }
