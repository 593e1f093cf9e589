// `npm run verify`: what `npm test` does. Both words are looked for; they must never come to mean different things.
import './test.mjs'
