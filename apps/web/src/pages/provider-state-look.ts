import type { ModelHealth } from '@maestro/contracts/llm/model-health'
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  FlaskConical,
  Layers,
} from 'lucide-react'
import type { StatusLook } from '../ui/status-look.ts'

export type ProviderState = 'ready' | 'cooling' | 'off'

/** How a provider, or one of its models with one key, stands: never by colour alone. */
export const providerStateLook: Record<ModelHealth['state'], StatusLook> = {
  ready: { label: 'Ready', icon: CircleCheck, tone: 'text-done', token: 'done' },
  trial: { label: 'On trial', icon: FlaskConical, tone: 'text-waiting', token: 'waiting' },
  busy: { label: 'Busy', icon: Layers, tone: 'text-queued', token: 'queued' },
  cooling: { label: 'Cooling', icon: CirclePause, tone: 'text-waiting', token: 'waiting' },
  broken: { label: 'Breaker open', icon: CircleAlert, tone: 'text-failed', token: 'failed' },
  off: { label: 'Off', icon: CircleSlash, tone: 'text-neutral', token: 'neutral' },
}
