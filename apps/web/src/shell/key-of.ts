import { defaultKeys, type KeyAction } from './default-keys.ts'

/** What a person chose instead of the keys that the console comes with. */
export type OwnKeys = Readonly<Partial<Record<KeyAction, string>>>

export const keyOf = (action: KeyAction, own: OwnKeys): string => own[action] ?? defaultKeys[action]

/** As it is shown. A minus of the keyboard is too short to be seen. */
export const writeKey = (key: string): string => key.toUpperCase().replace('-', '−')
