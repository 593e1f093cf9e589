/** A button or link in a row, of which the whole row is pressed and shows the focus. The row is placed, so that it is what is covered. */
export const coveringLook =
  'outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent'
