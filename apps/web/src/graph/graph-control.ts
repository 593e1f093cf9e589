/** As they stand below the graph; the words after a name are its key. */
export type GraphControl = 'Fit' | 'Tidy layout'

/** The picture of a plan that is asked about stands before that of the view. */
const find = (control: GraphControl): HTMLButtonElement | undefined =>
  [
    ...document.querySelectorAll<HTMLButtonElement>(
      `[data-graph-controls] button[aria-label^="${control}"]`,
    ),
  ].at(-1)

/** The controls of the graph that is shown, for those who ask for them from elsewhere. */
export const graphControl = {
  isShown: (control: GraphControl): boolean => find(control) !== undefined,
  press: (control: GraphControl): void => find(control)?.click(),
}
