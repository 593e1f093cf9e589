/** Whether a model can be used now. Pure data: who keeps it is `conditions/`. */
export type ProviderCondition =
  | { state: 'ready' }
  /** Told to wait; used again from then on. */
  | { state: 'cooling'; untilMs: number; reason: string }
  /** Of no use: a wrong key, an unknown model. Null: until the configuration changes. */
  | { state: 'off'; untilMs: number | null; reason: string }
