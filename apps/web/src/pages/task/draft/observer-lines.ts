/** How the lines of both observers look, never told apart by colour alone. */
export const observerLines = [
  { observer: 'agent-observer', label: 'Team', tone: 'var(--accent)', dash: undefined },
  { observer: 'plan-observer', label: 'Plan', tone: 'var(--cached)', dash: '4 3' },
] as const
