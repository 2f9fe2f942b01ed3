import { vi } from 'vitest';

/** How many bytes of room typed arrays are made with while something is done. Copies of bytes that there are do not count. */
export async function bytesAllocated(work: () => Promise<unknown>): Promise<number> {
  let bytes = 0;
  for (const name of ['Uint8Array', 'Uint16Array', 'Int32Array', 'Uint32Array'] as const) {
    const counted: object = new Proxy(globalThis[name], {
      construct(target, args: [number], given) {
        const made = Reflect.construct(target, args, given === counted ? target : given) as Uint8Array;
        if (typeof args[0] === 'number') bytes += made.byteLength;
        return made;
      },
    });
    vi.stubGlobal(name, counted);
  }
  try {
    await work();
  } finally {
    vi.unstubAllGlobals();
  }
  return bytes;
}
