import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';

/** Characters of a member's name that are shown: its end tells more than its folders. */
const LONGEST_NAME = 200;

/** What a member is called: the archive's name, and behind a slash its own, without what a terminal would obey. */
export function memberName(archive: string, name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\u{fffd}').replaceAll('\\', '/');
  if (plain.length <= LONGEST_NAME) return `${archive}/${plain}`;
  const letters = Array.from(plain);
  return `${archive}/${letters.length > LONGEST_NAME ? `…${letters.slice(-LONGEST_NAME).join('')}` : plain}`;
}

/** A source of which nothing can be read; every reading throws why. */
export function unreadableSource(name: string, fault: CaptureError): ByteSource {
  return {
    name,
    size: 0,
    open: () => ({
      async read(): Promise<never> {
        throw fault;
      },
      async close() {},
    }),
  };
}

/** A reader of bytes that come in pieces of any size, begun with the first read. */
export class PieceReader implements ByteReader {
  private readonly begin: () => AsyncGenerator<Uint8Array>;
  private pieces: AsyncGenerator<Uint8Array> | null = null;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(begin: () => AsyncGenerator<Uint8Array>) {
    this.begin = begin;
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    this.pieces ??= this.begin();
    while (this.rest.length === 0) {
      const { done, value } = await this.pieces.next();
      if (done === true) return space.subarray(0, 0);
      this.rest = value;
    }
    const count = Math.min(space.length, this.rest.length);
    space.set(this.rest.subarray(0, count));
    this.rest = this.rest.subarray(count);
    return space.subarray(0, count);
  }

  async close(): Promise<void> {
    await this.pieces?.return(undefined);
  }
}

/** Reads the first bytes of a source, as many as there are up to `count`. */
export async function headOf(source: Pick<ByteSource, 'open'>, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = source.open();
  const head = new Uint8Array(count);
  let length = 0;
  try {
    while (length < count) {
      const piece = await reader.read(new Uint8Array(count - length));
      if (piece.length === 0) break;
      head.set(piece, length);
      length += piece.length;
    }
  } finally {
    await reader.close();
  }
  return head.subarray(0, length);
}
