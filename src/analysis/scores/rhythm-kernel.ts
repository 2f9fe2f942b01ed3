import { FRACTIONS, POWERS } from './fast-exp.ts';
import { COUNT_LOGS, MANTISSA_LOGS } from './rhythm-bands.ts';
import { LOG_ROOT_TAU } from './rhythm-null.ts';
import { MOST_EVENTS } from './rhythm-scratch.ts';
import { RHYTHM_WASM } from './rhythm-wasm.ts';

/** Where a search found the strongest rhythm of some events: all that is needed to describe it, as in `Rhythm`. */
export interface FoundRhythm {
  strength: number;
  evidence: number;
  scaleS: number;
  scales: number;
  nullModel: number;
  centreS: number;
  width: number;
}

/** The search of `rhythm.ts` in WebAssembly with vector instructions: the same outcome to the last bit. */
export interface RhythmKernel {
  /** @param starts at most `MOST_EVENTS`; the rest is as for `findRhythm` */
  find(starts: Float64Array, price: number, least: number): FoundRhythm | null;
}

/** What is needed of an engine's globals: types of a platform would tie the analysis to it. */
export interface Engine {
  atob(this: void, text: string): string;
  WebAssembly?: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: Exports };
  };
}

interface Exports {
  memory: { buffer: ArrayBuffer };
  startsAt(): number;
  tablesAt(): number;
  foundAt(): number;
  findRhythm(events: number, price: number, least: number): number;
}

let kernel: RhythmKernel | null | undefined;

/** The kernel of this thread, made when it is first asked for; null where there can be none. */
export function rhythmKernel(): RhythmKernel | null {
  if (kernel === undefined) kernel = createRhythmKernel(globalThis as unknown as Engine);
  return kernel;
}

/** A kernel, or null in an engine without vector instructions, or on a page whose policy forbids to compile one. */
export function createRhythmKernel({ atob, WebAssembly }: Engine): RhythmKernel | null {
  if (WebAssembly === undefined) return null;
  let exports: Exports;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(RHYTHM_WASM), (character) => character.charCodeAt(0)));
    ({ exports } = new WebAssembly.Instance(module, { logarithms: { log: Math.log, exp: Math.exp } }));
  } catch {
    return null;
  }
  const { buffer } = exports.memory;
  let tableAt = exports.tablesAt();
  for (const table of [COUNT_LOGS, MANTISSA_LOGS, FRACTIONS, POWERS, Float64Array.of(LOG_ROOT_TAU)]) {
    new Float64Array(buffer, tableAt, table.length).set(table);
    tableAt += table.byteLength;
  }
  const events = new Float64Array(buffer, exports.startsAt(), MOST_EVENTS);
  const found = new Float64Array(buffer, exports.foundAt(), 7);
  return {
    find: (starts, price, least) => {
      events.set(starts);
      if (exports.findRhythm(starts.length, price, least) === 0) return null;
      const [strength, evidence, scaleS, scales, nullModel, centreS, width] = found;
      return { strength, evidence, scaleS, scales, nullModel, centreS, width };
    },
  };
}
