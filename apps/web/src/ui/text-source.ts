/** Where a text comes from: named at each of its blocks, and opened from there. */
export type TextSource = { readonly name: string; readonly open: () => void }
