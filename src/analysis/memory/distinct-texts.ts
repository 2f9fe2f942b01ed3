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
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }
}
