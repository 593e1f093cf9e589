/**
 * Starts exporting traces when an OTLP endpoint is named; else nothing is loaded and every span is
 * free of cost. Returns what sends the last spans at the end.
 */
export const startTelemetry = async ({
  service,
  endpoint,
}: {
  service: string
  endpoint: string | undefined
}): Promise<{ stop: () => Promise<void> }> => {
  if (endpoint === undefined || endpoint === '') return { stop: async () => {} }
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const sdk = new NodeSDK({
    serviceName: service,
    traceExporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
    instrumentations: [],
  })
  sdk.start()
  return { stop: () => sdk.shutdown() }
}
