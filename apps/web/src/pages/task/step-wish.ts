import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { StepSteering } from './inspector/steerable.ts'

type Wish = { stepId: string; steering: StepSteering }

/** What a menu elsewhere wants to do with a step: the inspector, which asks for the reason, takes it. */
const wishes = createStore<{ wish: Wish | null }>(() => ({ wish: null }))

export const wishForStep = (wish: Wish) => wishes.setState({ wish })

/** Takes what is wished for this step, if it is one of these. Each wish is taken once. */
export const useStepWish = (
  stepId: string,
  steerings: readonly StepSteering[],
  take: (steering: StepSteering) => void,
) => {
  const { wish } = useStore(wishes)
  useEffect(() => {
    if (wish === null || wish.stepId !== stepId || !steerings.includes(wish.steering)) return
    wishes.setState({ wish: null })
    take(wish.steering)
  })
}
