/** Figures belong to what a test has seen: bounds say that nothing is broken, these say how fast it was. */
export const sayFigures = (name: string, figures: Record<string, number>) =>
  process.stdout.write(
    `  ${name}: ${Object.entries(figures)
      .map(([key, value]) => `${key} ${Math.round(value * 10) / 10}`)
      .join(', ')}\n`,
  )
