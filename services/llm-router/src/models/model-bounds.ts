/** How much a model reads and writes: the owner's word, else its provider's. Null: nobody says. */
export type ModelBounds = {
  /** Prompt and answer together. */
  contextTokensMax: number | null
  outputTokensMax: number | null
}

export const noBounds: ModelBounds = { contextTokensMax: null, outputTokensMax: null }
