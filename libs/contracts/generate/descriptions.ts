import { asyncApi } from './asyncapi.ts'
import { eventDescriptions } from './event-schemas.ts'
import { type JsonObject, standAloneSchema } from './json-schemas.ts'
import { openApi } from './openapi.ts'

const written = (value: JsonObject): string => `${JSON.stringify(value, null, 2)}\n`

/** Every file below `docs/api`, by its name. The same contracts give the same bytes. */
export const descriptions = (): ReadonlyMap<string, string> =>
  new Map([
    ['openapi.json', written(openApi())],
    ['asyncapi.json', written(asyncApi())],
    ...eventDescriptions.map(({ name, schema }): [string, string] => [
      `schemas/${name}.json`,
      written({ title: name, ...standAloneSchema(schema) }),
    ]),
  ])
