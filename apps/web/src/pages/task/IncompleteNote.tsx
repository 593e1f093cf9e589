/** Beside an output that is the part of an answer which came, because its step accepts that. */
export const IncompleteNote = () => (
  <p className="mb-3 max-w-[720px] text-13 text-waiting">
    The answer broke off; this is what came of it.
  </p>
)
