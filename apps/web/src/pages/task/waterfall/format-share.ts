/** A part of a time: whole percents, and what is less than one said to be. */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.005 ? '<1 %' : `${Math.round(share * 100)} %`
