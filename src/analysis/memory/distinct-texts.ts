/** Texts, each once, in order of first use. */
export class Interner {
  readonly texts: string[] = [];
  private readonly places = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
