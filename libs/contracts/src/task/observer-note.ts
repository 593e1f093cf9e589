import { z } from 'zod'

/**
 * What a finding is about. `same-call`: a tool was called again with the same arguments; `no-new-fact`:
 * tools answer what is known already; `broken-promise`: the output is not what was promised, also after
 * a repair; `going-on`: what looks like the output was said again, with more tool calls; `near-cap`: few
 * turns are left and nothing is delivered; `drift`: the agent does what it is not there for; `judge`: what
 * a model found that read the result.
 */
export const Detector = z.enum([
  'same-call',
  'no-new-fact',
  'broken-promise',
  'going-on',
  'near-cap',
  'drift',
  'judge',
])
export type Detector = z.infer<typeof Detector>

export const NoteSeverity = z.enum(['minor', 'major'])
export type NoteSeverity = z.infer<typeof NoteSeverity>

/**
 * What the observer does about a finding. `note`: nothing; `revise`: the next turn is told;
 * `retry-elsewhere`: a new attempt, answered by others; `ask-person`: a person says how it goes on;
 * `propose-change`: people read what it would change of the plan, and nothing waits for them;
 * `change-agent`: the agent is changed, or a person is asked about it first.
 */
export const ObserverAct = z.enum([
  'note',
  'revise',
  'retry-elsewhere',
  'ask-person',
  'propose-change',
  'change-agent',
])
export type ObserverAct = z.infer<typeof ObserverAct>
