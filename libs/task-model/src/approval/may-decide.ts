import type { Actor } from '@maestro/contracts/actor'
import type { ApproverRole } from '@maestro/contracts/task/approval'

/** A person who signs in is the owner; a key acts for an operator; a service decides nothing. */
const roleOf = ({ kind }: Actor): ApproverRole | null =>
  kind === 'person' ? 'owner' : kind === 'api-key' ? 'operator' : null

export const mayDecide = (actor: Actor, least: ApproverRole): boolean => {
  const role = roleOf(actor)
  return role === 'owner' || role === least
}
