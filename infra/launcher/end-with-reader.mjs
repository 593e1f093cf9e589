// Loaded before programs that print much (`node --import`): whoever reads has enough, as `head` has. That is no failure.
process.stdout.on('error', () => process.exit())
