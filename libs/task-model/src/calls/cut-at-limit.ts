/** What a model is told whose answer did not fit. */
export const cutAtLimit = 'It was cut off at the output limit. Answer again, shorter.'
