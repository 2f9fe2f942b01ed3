/** Certificates that are kept at most. */
const MOST_CERTIFICATES = 1 << 18;

/** Certificates of a log of their own (Zeek's x509.log), by what logs of connections call them. */
export class Certificates {
  /** How often one found no room. */
  leftOut = 0;
  private readonly texts = new Map<string, number>();

  /** Keeps the number of a certificate's text. */
  add(id: string, text: number): void {
    if (id === '') return;
    if (this.texts.size < MOST_CERTIFICATES) this.texts.set(id, text);
    else this.leftOut++;
  }

  /** The number of a certificate's text, 0 without one. */
  get(id: string): number {
    return this.texts.get(id) ?? 0;
  }
}
