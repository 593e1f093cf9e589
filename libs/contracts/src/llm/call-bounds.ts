// What bounds the use of one model call, in one place: code keeps to it, and estimates count with it.

/** Enough for a plan of a hundred steps. */
export const draftTokensMax = 16_384
/** A verdict is shorter than the plan that it judges. */
export const judgeTokensMax = draftTokensMax / 4
/** A verdict on one result is a few sentences. */
export const observeTokensMax = judgeTokensMax / 2
/** Enough for a long report. */
export const stepTokensMax = 8_192

/** Attempts that leave for a provider, per ask: enough for two at each provider and two lost workers. */
export const attemptsMax = 8

/** Calls of one role in one round of drafting: the first one, and one to repair its answer. */
export const draftCallsMax = 2
