/** Texts held: far more than a network has names, and far fewer than a `Map` has room for. */
const MOST_TEXTS = 1 << 21;

/** Texts that are held once each, numbered in order of appearance; beyond a limit a new one counts as the first. */
export class DistinctTexts {
  readonly texts: string[];
  /** Texts there are at most; tests set it lower. */
  most = MOST_TEXTS;
  /** Whether what comes is no piece of a longer text: it is held as it is then, which takes a third less memory. */
  areWhole = false;
  /** How often a text found no room. */
  leftOut = 0;
  private readonly numbers: Map<string, number>;

  /** @param first the texts that are there from the start: columns have '' at 0, for "none" */
  constructor(...first: readonly string[]) {
    this.texts = [...first];
    this.numbers = new Map(first.map((text, number) => [text, number]));
  }

  /** Index of a text in `texts`, where it is put when it is new; 0 for one that finds no room. */
  numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      if (this.texts.length >= this.most) {
        this.leftOut++;
        return 0;
      }
      const kept = this.areWhole ? text : copyOf(text);
      number = this.texts.push(kept) - 1;
      this.numbers.set(kept, number);
    }
    return number;
  }

  /** Some whose texts come whole. */
  static ofWhole(...first: readonly string[]): DistinctTexts {
    return Object.assign(new DistinctTexts(...first), { areWhole: true });
  }

  copy(): DistinctTexts {
    const copy = new DistinctTexts();
    return Object.assign(copy, this, { texts: [...this.texts], numbers: new Map(this.numbers) });
  }
}

/** A text with characters of its own: a piece of a line would keep the whole line in memory for as long as it lives. */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
