import type { TextPool } from '../report/report.ts';
import { poolOf } from '../report/report.ts';

/** Copies the texts that are used, in order of first use, and renumbers them. */
export class PoolBuilder {
  private readonly texts: readonly string[];
  private readonly used: string[] = [];
  /** New index of each text plus one; 0 while it is unused. */
  private readonly places: Uint32Array;

  constructor(texts: readonly string[]) {
    this.texts = texts;
    this.places = new Uint32Array(texts.length);
  }

  indexOf(text: number): number {
    if (this.places[text] === 0) this.places[text] = this.used.push(this.texts[text]);
    return this.places[text] - 1;
  }

  pool(): TextPool {
    return poolOf(this.used);
  }
}
