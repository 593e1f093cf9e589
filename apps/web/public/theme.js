// Runs before the first paint, so that a chosen dark theme never flashes white. White is the
// default whatever the system prefers: only an explicit choice changes it.
try {
  if (localStorage.getItem('maestro.theme') === 'dark') {
    document.documentElement.dataset.theme = 'dark'
    document.querySelector('meta[name=color-scheme]')?.setAttribute('content', 'dark')
  }
} catch {
  // Storage can be forbidden; then the default theme holds.
}
