/** What Home can show, in the order in which it does until a person arranges it. */
export const homePanels = [
  'figures',
  'needs-you',
  'going',
  'spend',
  'failures',
  'agents',
  'models',
] as const
export type HomePanel = (typeof homePanels)[number]

export type PlacedPanel = {
  readonly panel: HomePanel
  /** One of two columns, or both. */
  readonly width: 'one' | 'two'
  readonly isShown: boolean
}
export type Arrangement = readonly PlacedPanel[]

export const panelNames: Record<HomePanel, string> = {
  figures: 'At a glance',
  'needs-you': 'Needs you',
  going: 'Going on',
  spend: 'Spend by day',
  failures: 'What fails',
  agents: 'Agents',
  models: 'Providers and models',
}

const wide: ReadonlySet<HomePanel> = new Set(['figures', 'agents', 'models'])

const placed = (panel: HomePanel): PlacedPanel => ({
  panel,
  width: wide.has(panel) ? 'two' : 'one',
  isShown: true,
})

export const usualArrangement: Arrangement = homePanels.map(placed)

/** As the browser kept it. What is no panel, also of another version, is left out; a panel that it does not know stands at the end. */
export const readArrangement = (text: string | null): Arrangement => {
  const kept = new Map<HomePanel, PlacedPanel>()
  for (const one of parsed(text)) {
    if (typeof one !== 'object' || one === null || !('panel' in one)) continue
    const panel = homePanels.find((known) => known === one.panel)
    if (panel === undefined || kept.has(panel)) continue
    const { width, isShown } = placed(panel)
    kept.set(panel, {
      panel,
      width: 'width' in one && (one.width === 'one' || one.width === 'two') ? one.width : width,
      isShown: 'isShown' in one && typeof one.isShown === 'boolean' ? one.isShown : isShown,
    })
  }
  return [...kept.values(), ...usualArrangement.filter(({ panel }) => !kept.has(panel))]
}

const parsed = (text: string | null): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

export const withPanel = (
  arrangement: Arrangement,
  panel: HomePanel,
  change: Partial<Omit<PlacedPanel, 'panel'>>,
): Arrangement => arrangement.map((one) => (one.panel === panel ? { ...one, ...change } : one))

export const shownPanels = (arrangement: Arrangement): Arrangement =>
  arrangement.filter(({ isShown }) => isShown)

/** One place up or down among those that are shown; at the end of them it stays where it is. */
export const movedPanel = (arrangement: Arrangement, panel: HomePanel, by: 1 | -1): Arrangement => {
  const shown = shownPanels(arrangement)
  const here = shown.find((one) => one.panel === panel)
  const other = here && shown[shown.indexOf(here) + by]
  if (here === undefined || other === undefined) return arrangement
  const rest = arrangement.filter((one) => one !== here)
  return rest.toSpliced(rest.indexOf(other) + (by === 1 ? 1 : 0), 0, here)
}

export const isUsual = (arrangement: Arrangement): boolean =>
  JSON.stringify(arrangement) === JSON.stringify(usualArrangement)
