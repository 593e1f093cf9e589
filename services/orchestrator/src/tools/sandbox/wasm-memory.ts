type WasmMemory = { readonly buffer: ArrayBuffer }

/** TypeScript knows WebAssembly only with the browser's library, which services do without. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Memory: new (pages: { initial: number; maximum: number }) => WasmMemory }
}

const pageBytes = 64 * 1024

/** Memory that grows on demand, and never beyond `bytesMax`: an allocation beyond it fails. */
export const createWasmMemory = ({ bytesMin, bytesMax }: { bytesMin: number; bytesMax: number }) =>
  new wasm.Memory({ initial: bytesMin / pageBytes, maximum: bytesMax / pageBytes })
