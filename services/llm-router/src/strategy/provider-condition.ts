/** Whether a model can be used now. Pure data: who keeps it is `conditions/`. */
export type ProviderCondition =
  | {
      state: 'ready'
      /** It failed too often, and it is time to find out whether it is back: one call may. */
      isTrial?: true
    }
  /** Used again from then on. */
  | {
      state: 'cooling'
      untilMs: number
      reason: string
      /** It failed too often: its breaker is open. Else it told us to wait. */
      isBroken?: true
    }
  /** Of no use: a wrong key, an unknown model. Null: until the configuration changes. */
  | { state: 'off'; untilMs: number | null; reason: string }
