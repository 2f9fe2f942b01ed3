import { Holes } from './holes.ts';

/** How a text's bytes stand for characters: a byte each as far as that matters here, or two. */
export type Encoding = 'bytes' | 'utf-16le' | 'utf-16be';

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** What encoding a text's first bytes speak of, and how many of them are a byte-order mark. */
export function encodingOf(head: Uint8Array): { encoding: Encoding; mark: number } {
  if (UTF8_MARK.every((byte, at) => head[at] === byte)) return { encoding: 'bytes', mark: UTF8_MARK.length };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (isAscii(head[0]) && head[1] === 0 && isAscii(head[2]) && head[3] === 0) return { encoding: 'utf-16le', mark: 0 };
  if (head[0] === 0 && isAscii(head[1]) && head[2] === 0 && isAscii(head[3])) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'bytes', mark: 0 };
}

/**
 * Turns a text's bytes, piece by piece, into those that readers of logs take: without its byte-order mark, the zeros
 * of holes, and a byte a character where it has two. Of characters that no byte stands for only that they are there
 * is kept: nothing that matters in a log is one.
 */
export class PlainBytes {
  private encoding: Encoding | null = null;
  /** The first bytes while they are too few to tell an encoding, later a half of a character. */
  private kept: number[] = [];
  private readonly holes = new Holes();
  /** Zeros before the first byte: what tells an encoding lies behind them. */
  private leading = 0;

  /** Zeros of holes that were passed over. */
  get zeros(): number {
    return this.leading + this.holes.zeros;
  }

  /** The bytes of the next piece, which is not changed. */
  take(piece: Uint8Array): Uint8Array {
    if (this.encoding === 'bytes') return this.holes.take(piece);
    let joined = this.kept.length === 0 ? piece : Uint8Array.from([...this.kept, ...piece]);
    this.kept = [];
    if (this.encoding !== null) return this.narrowed(joined);
    const zeros = leadingZeros(joined, this.leading > 0);
    this.leading += zeros;
    joined = joined.subarray(zeros);
    if (joined.length < 4) {
      this.kept = [...joined];
      return new Uint8Array(0);
    }
    return this.begin(joined);
  }

  /** What is left at the end. */
  end(): Uint8Array {
    const rest = Uint8Array.from(this.kept);
    this.kept = [];
    const text = this.encoding === null ? this.begin(rest) : new Uint8Array(0);
    this.holes.end();
    return text;
  }

  private begin(bytes: Uint8Array): Uint8Array {
    const { encoding, mark } = encodingOf(bytes);
    this.encoding = encoding;
    const text = bytes.subarray(mark);
    return encoding === 'bytes' ? this.holes.take(text) : this.narrowed(text);
  }

  private narrowed(wide: Uint8Array): Uint8Array {
    const count = wide.length >> 1;
    const low = this.encoding === 'utf-16le' ? 0 : 1;
    const narrow = new Uint8Array(count);
    for (let at = 0; at < count; at++) narrow[at] = wide[2 * at + 1 - low] === 0 ? wide[2 * at + low] : 0xff;
    if (wide.length % 2 === 1) this.kept = [wide[wide.length - 1]];
    return narrow;
  }
}

/**
 * Zeros of a hole that bytes begin with. A single one is half of a character of UTF-16, unless the hole began before.
 */
export function leadingZeros(bytes: Uint8Array, isInHole: boolean): number {
  let zeros = 0;
  while (bytes[zeros] === 0) zeros++;
  return zeros === 1 && !isInHole ? 0 : zeros;
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
}
