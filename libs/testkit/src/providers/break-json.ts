/**
 * What a small model says instead of the JSON object that it means, by what it does. `certain`: its meaning is beyond doubt
 * all the same.
 */
export const waysToBreakJson: readonly {
  readonly does: string
  readonly certain: boolean
  readonly spoil: (json: string) => string
}[] = [
  { does: 'puts it into a fence', certain: true, spoil: (json) => `\`\`\`json\n${json}\n\`\`\`` },
  {
    does: 'talks around it',
    certain: true,
    spoil: (json) => `Sure! Here it is:\n${json}\nLet me know if it helps.`,
  },
  {
    does: 'leaves a comma before the end',
    certain: true,
    spoil: (json) => json.replace(/\}\s*$/, ',}'),
  },
  {
    does: 'writes line ends into its texts',
    certain: true,
    spoil: (json) => json.replaceAll('\\n', '\n'),
  },
  {
    does: 'explains itself in comments',
    certain: true,
    spoil: (json) => json.replace('{', '{ // as asked for\n /* an object */'),
  },
  { does: 'quotes with single marks', certain: false, spoil: (json) => json.replaceAll('"', "'") },
  { does: 'is cut off', certain: false, spoil: (json) => json.slice(0, -30) },
  {
    does: 'invents the name of a field',
    certain: false,
    spoil: (json) => json.replace('"steps"', '"tasks"').replace('"verdict"', '"opinion"'),
  },
  {
    does: 'writes a text instead of a list',
    certain: false,
    spoil: (json) => json.replace(/"(tools|findings)":\s*\[[^\]]*\]/, '"$1":"none"'),
  },
  { does: 'says it twice', certain: false, spoil: (json) => `${json}\n${json}` },
  {
    does: 'writes NaN',
    certain: false,
    spoil: (json) => json.replace(/"(rationale|summary)":\s*"[^"]*"/, '"$1":NaN'),
  },
]
