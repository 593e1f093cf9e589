/** How long a step with a cap on its time has run, and since when it runs again. People's time is not counted. */
export type StepClock = { runMs: number; since: string | null }
