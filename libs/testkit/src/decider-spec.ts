import type { ErrorCode } from '@maestro/contracts/errors'
import { expect } from 'vitest'

type Decider<State, Command, Event extends Fact, Fact> = {
  decide: (command: Command, state: State) => readonly Event[]
  evolve: (state: State, event: Event) => State
  initial: State
  /** What a test compares: an event without its place. */
  factOf: (event: Event) => Fact
}

/** Reads as a sentence: given these events, when this command, it yields those facts. */
export const specFor =
  <State, Command, Event extends Fact, Fact>({
    decide,
    evolve,
    initial,
    factOf,
  }: Decider<State, Command, Event, Fact>) =>
  (...history: readonly Event[]) => ({
    // No method is called `then`: that would make the object awaitable by accident.
    when: (command: Command) => {
      const before = history.reduce(evolve, initial)
      const handle = () => decide(command, before)
      return {
        /** Exactly these facts, in this order; none: nothing happens. */
        yields: (...expected: readonly Fact[]) => expect(handle().map(factOf)).toEqual(expected),
        rejects: (code: ErrorCode, details: Record<string, unknown> = {}) =>
          expect(handle).toThrow(
            expect.objectContaining({ code, details: expect.objectContaining(details) }),
          ),
      }
    },
  })
