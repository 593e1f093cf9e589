import type { ComponentType } from 'react'
import { createStore } from 'zustand/vanilla'

type State<Props> = { Part: ComponentType<Props> | null; hasFailed: boolean; isLoading: boolean }

/** A part of the console that is fetched once for all places that show it. A failure is not kept: the next fetch asks again. */
export const createPartStore = <Props>(load: () => Promise<ComponentType<Props>>) => {
  const store = createStore<State<Props>>(() => ({
    Part: null,
    hasFailed: false,
    isLoading: false,
  }))
  const fetch = async (): Promise<void> => {
    const { Part, isLoading } = store.getState()
    if (Part !== null || isLoading) return
    store.setState({ isLoading: true })
    try {
      store.setState({ Part: await load(), hasFailed: false, isLoading: false })
    } catch {
      // Said in the place of the part, which offers to try again; the network panel tells why.
      store.setState({ hasFailed: true, isLoading: false })
    }
  }
  return { store, fetch }
}
