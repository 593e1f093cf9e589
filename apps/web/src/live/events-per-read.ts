/** As many events as the gateway answers at once. */
export const eventsPerRead = 1_000
