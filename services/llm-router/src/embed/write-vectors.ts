import { Vectors } from '@maestro/contracts/llm/embed-endpoints'

const bytesPerNumber = 4

/** Vectors as the text of an answer: half a dozen digits are what a model means, and a tenth of the size of decimals. */
export const writeVectors = (vectors: readonly (readonly number[])[]): string => {
  const dimensions = vectors[0]?.length ?? 0
  const bytes = Buffer.alloc(vectors.length * dimensions * bytesPerNumber)
  for (const [row, vector] of vectors.entries())
    for (const [column, value] of vector.entries())
      bytes.writeFloatLE(value, (row * dimensions + column) * bytesPerNumber)
  const written: Vectors = {
    dimensions,
    count: vectors.length,
    float32Base64: bytes.toString('base64'),
  }
  return JSON.stringify(written)
}

/** @throws {SyntaxError | z.ZodError} at what is no answer with vectors. */
export const readVectors = (text: string): Vectors => Vectors.parse(JSON.parse(text))
