import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

export type ServiceName =
  | 'gateway'
  | 'llm-router'
  | 'orchestrator'
  | 'scheduler'
  | 'budget'
  | 'timeline'

/** A request and its reply on NATS: what goes in, what comes out, and what may go wrong. */
export type Endpoint<Input extends z.ZodType, Output extends z.ZodType> = {
  readonly service: ServiceName
  /** Verb + noun; the subject is `maestro.rpc.<service>.<name>`. */
  readonly name: string
  readonly summary: string
  readonly input: Input
  readonly output: Output
  /** Rejections that the caller is expected to handle. Outages and defects are implied. */
  readonly errors: readonly ErrorCode[]
  /** How long a caller waits for the reply. */
  readonly timeoutMs: number
}

export const endpoint = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: Endpoint<Input, Output>,
) => definition

export const subjectOf = ({ service, name }: { service: ServiceName; name: string }) =>
  `maestro.rpc.${service}.${name}`
