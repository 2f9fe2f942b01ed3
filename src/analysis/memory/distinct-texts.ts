/** Texts that are held once each, numbered in order of appearance. */
export class DistinctTexts {
  readonly texts: string[];
  private readonly numbers: Map<string, number>;

  /** @param first the texts that are there from the start: columns have '' at 0, for "none" */
  constructor(...first: readonly string[]) {
    this.texts = [...first];
    this.numbers = new Map(first.map((text, number) => [text, number]));
  }

  /** Index of a text in `texts`, where it is put when it is new. */
  numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      const kept = copyOf(text);
      number = this.texts.push(kept) - 1;
      this.numbers.set(kept, number);
    }
    return number;
  }
}

/** A text with characters of its own: a piece of a line would keep the whole line in memory for as long as it lives. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
