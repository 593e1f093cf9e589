import type { Level } from '../budgets/level.ts'
import { moved } from '../budgets/level.ts'
import { type Billed, type Booking, bookingOf } from './booking.ts'
import type { Reservation } from './reservation.ts'

/**
 * The books of one batch: what was read of levels and reservations, and what the decisions change.
 * Counters move only here and only by a line of the ledger, which is what a reservation counted before
 * and counts now. So reservations, ledger and counters say the same, whatever is decided.
 */
export type Books = {
  readonly at: Date
  readonly globalLevelId: string
  reservation: (attemptId: string) => Reservation | undefined
  level: (levelId: string) => Level | undefined
  isRevoked: (attemptId: string) => boolean
  /** Writes the reservation, the line of the ledger and the counters. Whatever is not said of the bill is as it was asked for. */
  writeReservation: (reservation: Reservation, billed?: Billed) => void
  /** Gives a level a limit; a new level begins with it. */
  writeLimit: (level: Level) => void
  /** Remembers that a level refused because what is left does not suffice. */
  noteRefusal: (level: Level) => void
  revoke: (attemptId: string) => void
  changes: () => Changes
}

export type Changes = {
  readonly levels: readonly Level[]
  /** Those of `levels` that have a limit of their own that is new. */
  readonly limits: readonly Level[]
  readonly reservations: readonly Reservation[]
  readonly bookings: readonly Booking[]
  readonly revoked: readonly string[]
}

const unbilled = ({ model }: Reservation): Billed => ({
  model,
  usage: null,
  pricedAsAnswered: false,
})

export const createBooks = ({
  at,
  globalLevel,
  levels: readLevels,
  reservations: readReservations,
  revoked: readRevoked,
}: {
  at: Date
  /** As read, or a new one when its window has just begun. */
  globalLevel: Level
  levels: readonly Level[]
  reservations: readonly Reservation[]
  revoked: readonly string[]
}): Books => {
  const levels = new Map(readLevels.map((level) => [level.levelId, level]))
  levels.set(globalLevel.levelId, globalLevel)
  const reservations = new Map(
    readReservations.map((reservation) => [reservation.attemptId, reservation]),
  )
  const revoked = new Set(readRevoked)
  const changedLevels = new Set<string>()
  const changedLimits = new Set<string>()
  const changedReservations = new Set<string>()
  const newlyRevoked = new Set<string>()
  const bookings: Booking[] = []

  const writeLevel = (level: Level) => {
    levels.set(level.levelId, level)
    changedLevels.add(level.levelId)
  }
  const known = (levelId: string): Level => {
    const level = levels.get(levelId)
    if (level === undefined) throw new Error(`the level ${levelId} was not read`)
    return level
  }

  return {
    at,
    globalLevelId: globalLevel.levelId,
    reservation: (attemptId) => reservations.get(attemptId),
    level: (levelId) => levels.get(levelId),
    isRevoked: (attemptId) => revoked.has(attemptId),
    writeReservation: (reservation, billed = unbilled(reservation)) => {
      const booking = bookingOf(reservations.get(reservation.attemptId), reservation, billed)
      for (const levelId of reservation.levelIds) writeLevel(moved(known(levelId), booking))
      bookings.push(booking)
      reservations.set(reservation.attemptId, reservation)
      changedReservations.add(reservation.attemptId)
    },
    writeLimit: (level) => {
      writeLevel(level)
      changedLimits.add(level.levelId)
    },
    noteRefusal: (level) => {
      if (!level.limitTold) writeLevel({ ...known(level.levelId), hasRefused: true })
    },
    revoke: (attemptId) => {
      revoked.add(attemptId)
      newlyRevoked.add(attemptId)
    },
    changes: () => ({
      levels: [...changedLevels].map(known),
      limits: [...changedLimits].map(known),
      reservations: [...changedReservations].flatMap((attemptId) => {
        const reservation = reservations.get(attemptId)
        return reservation === undefined ? [] : [reservation]
      }),
      bookings,
      revoked: [...newlyRevoked],
    }),
  }
}
