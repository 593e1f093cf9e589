import { formatCount } from './format-count.ts'

/** As the router estimates a request before a model has counted it. */
const bytesPerToken = 4

/** How long a text is for a model. No model has counted it, and each counts otherwise. */
export const aboutTokens = (bytes: number): string =>
  `about ${formatCount(Math.ceil(bytes / bytesPerToken))} tokens`
