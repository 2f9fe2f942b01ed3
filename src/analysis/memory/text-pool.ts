/**
 * Many short texts as one string, so that 100,000 of them cross a worker boundary as one copy.
 * Texts hold no line feed: addresses never do, and names are escaped before they get here.
 */
export interface TextPool {
  count: number;
  joined: string;
}

/** Texts of pools that are in use: several readers take memory for a hundred thousand of them once. */
const split = new WeakMap<TextPool, readonly string[]>();

/** The texts of a pool, by index: the same array each time. */
export function textsOf(pool: TextPool): readonly string[] {
  const known = split.get(pool);
  if (known !== undefined) return known;
  const texts = pool.count === 0 ? [] : pool.joined.split('\n');
  split.set(pool, texts);
  return texts;
}

/** Puts texts (none holding a line feed) into one pool. */
export function poolOf(texts: readonly string[]): TextPool {
  return { count: texts.length, joined: texts.join('\n') };
}

/** Copies the texts that are used, in order of first use, and renumbers them. */
export class PoolBuilder {
  private readonly textAt: (text: number) => string;
  private readonly used: string[] = [];
  /** New index of each text plus one; 0 while it is unused. */
  private readonly places: Uint32Array;

  /** @param count texts, of which `textAt` gives each by its index */
  constructor(count: number, textAt: (text: number) => string) {
    this.textAt = textAt;
    this.places = new Uint32Array(count);
  }

  static of(texts: readonly string[]): PoolBuilder {
    return new PoolBuilder(texts.length, (text) => texts[text]);
  }

  indexOf(text: number): number {
    if (this.places[text] === 0) this.places[text] = this.used.push(this.textAt(text));
    return this.places[text] - 1;
  }

  pool(): TextPool {
    return poolOf(this.used);
  }
}
