/** What a provider says of one of its models. Null: it does not say. */
export type ListedModel = {
  model: string
  contextTokensMax: number | null
  outputTokensMax: number | null
  /** Micro-dollars per million tokens. */
  price: { input: number; cachedInput: number; output: number } | null
  /** Whether it answers chats; some only embed, hear or speak. */
  canChat: boolean
}

/** More than this is no list of models any more. */
export const listedModelsMax = 2_000
