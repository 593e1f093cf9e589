type GroqModelTraits = {
  /** Takes a JSON Schema; the others only know "some JSON object". */
  jsonSchema: boolean
  /** Writes its thoughts into the text unless told to part them; a model that does not think refuses the setting. */
  partsReasoningOnRequest: boolean
}

const jsonSchemaModels = [/^openai\/gpt-oss-/, /^meta-llama\/llama-4-/, /^moonshotai\/kimi-k2-/]

/** What a request to a model must look like. The API does not tell. */
export const groqModelTraits = (model: string): GroqModelTraits => ({
  jsonSchema: jsonSchemaModels.some((pattern) => pattern.test(model)),
  partsReasoningOnRequest: /^qwen\/qwen3|^deepseek-r1/.test(model),
})
