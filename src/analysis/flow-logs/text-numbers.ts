/** Distinct texts by number; 0 is the empty one. */
export class TextNumbers {
  readonly texts = [''];
  private readonly numbers = new Map([['', 0]]);

  /** The number of a text, a new one where it was not met before. */
  numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }
}
