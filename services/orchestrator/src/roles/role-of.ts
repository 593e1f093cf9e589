import { readFileSync } from 'node:fs'
import type { RoleName } from '@maestro/contracts/task/draft-role'
import type { RoleUsed } from '@maestro/contracts/task/role-used'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { z } from 'zod'

export type Role = {
  prompt: string
  /** JSON Schema of its answer. */
  schema: Record<string, unknown>
  used: RoleUsed
  /** Its texts, kept with the answers that they led to: a run can be explained when both have changed. */
  payloads: readonly Payload[]
}

/** A prompt whose meaning changes is a new version: a new file beside the old one, and its number here. */
export const roleOf = (name: RoleName, version: number, answer: z.ZodType): Role => {
  const file = new URL(`prompts/${name}.v${version}.md`, import.meta.url)
  const prompt = readFileSync(file, 'utf8').trimEnd()
  const schema = z.toJSONSchema(answer, { io: 'input' })
  const texts = {
    prompt: payloadOf('orchestrator', prompt, 'text/markdown'),
    schema: payloadOf('orchestrator', JSON.stringify(schema), 'application/json'),
  }
  return {
    prompt,
    schema,
    used: { name, version, prompt: texts.prompt.ref, schema: texts.schema.ref },
    payloads: [texts.prompt, texts.schema],
  }
}
