import { z } from 'zod'

/** `outline`: a state without the turns and the finished calls of its steps. It grows with the plan, not with the events, and can be folded on like the whole. */
export const StateDetail = z.enum(['whole', 'outline'])
export type StateDetail = z.infer<typeof StateDetail>

/** Up to here a whole state fits a message of the bus, compressed: an event leaves some 200 bytes in it that do not compress. */
const wholeEventsMax = 5_000

/** In which detail a state is answered that is wanted in this one. */
export const detailAt = (seq: number, wanted: StateDetail): StateDetail =>
  seq > wholeEventsMax ? 'outline' : wanted
