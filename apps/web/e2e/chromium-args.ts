/**
 * Pages of the browser's own that come up beside each window: some three seconds of a processor for each
 * window that a test opens, measured.
 */
const pagesOfTheBrowser = ['WebUIOmniboxAimPopup', 'WebUIOmniboxPopup']
/** What Playwright turns off itself: of two such lists a browser heeds the last. */
const offByPlaywright = [
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...pagesOfTheBrowser, ...offByPlaywright].join()}`,
]
