import { copyOf } from '../memory/distinct-texts.ts';
import { SIGNS } from '../protocols/signs.ts';

/** Certificates that are kept at most. */
const MOST_CERTIFICATES = 1 << 18;

/** Certificates of a log of their own (Zeek's x509.log), by what logs of connections call them. */
export class Certificates {
  /** How often one found no room. */
  leftOut = 0;
  private readonly texts = new Map<string, number>();
  /** Those that are valid for very long. */
  private readonly lasting = new Set<string>();

  /** Keeps the number of a certificate's text, and whether it is valid for very long. */
  add(id: string, text: number, isLasting: boolean): void {
    if (id === '') return;
    if (this.texts.size >= MOST_CERTIFICATES) {
      this.leftOut++;
      return;
    }
    const kept = copyOf(id);
    this.texts.set(kept, text);
    if (isLasting) this.lasting.add(kept);
  }

  /** The number of a certificate's text, 0 without one. */
  get(id: string): number {
    return this.texts.get(id) ?? 0;
  }

  /** What it shows, as bits of `SIGNS`. */
  signs(id: string): number {
    return this.lasting.has(id) ? SIGNS.lasting : 0;
  }
}
