/** A colour of the theme by its name. */
export type ColourOf = (token: string) => string
