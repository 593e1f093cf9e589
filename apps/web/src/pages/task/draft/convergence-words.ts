/** Why a version of a plan was taken. */
export const convergenceWords = {
  approved: 'both observers approve it',
  'no-improvement': 'the score stopped improving',
  'round-cap': 'no rounds are left',
  'cost-cap': 'drafting may cost no more',
  person: 'a person took it',
  given: 'it came with the task',
  stuck: 'it is the best that was judged, as the drafting could not go on',
} as const
