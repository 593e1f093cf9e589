const firstLetter = /\p{L}/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/** A paragraph runs as its first letter does (Unicode's rule P2), whatever comes later in it. */
export const isRightToLeft = (text: string): boolean =>
  rightToLeft.test(firstLetter.exec(text)?.[0] ?? '')
