import { nameOfStep, type StepId } from '@maestro/contracts/ids'

/** Items and rounds, with the run that they belong to. For us and for Postgres. */
const repeated = '_[0-9]*[ir][0-9]+'
/** Of a step of a held plan, with the run that it belongs to. */
const held = '_[0-9]*p-'
const everyRepeated = new RegExp(repeated, 'g')
const everyHeld = new RegExp(held, 'g')

/**
 * Where a step stands in its plan, whichever item, round or run this is: its name, and of a step of a
 * held plan the place of the step that holds it before that (`research_p-write`). Two plans may give
 * the same name to steps of theirs.
 */
export const placeOfStep = (stepId: StepId): string =>
  stepId.slice('step_'.length).replace(everyRepeated, '').replace(everyHeld, '_p-')

/** Of a step of the plan that the step at this place holds; null: of the plan of the task. */
export const placeInPlan = (stepId: StepId, holder: string | null): string =>
  holder === null ? placeOfStep(stepId) : `${holder}_p-${nameOfStep(stepId)}`

/** `placeOfStep` as Postgres says it: what is replaced one after the other, by what. */
export const placeInSql = { repeated, held }
