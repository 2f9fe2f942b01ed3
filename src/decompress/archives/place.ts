import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';

/** The bytes of an archive, from which its members are read. */
export interface Place {
  /** Bytes from `offset` on, up to the archive's end; what is wrong is thrown when they are read. */
  openAt(offset: number): ByteReader;
}

/** An archive that is read at any place. */
export class PlainPlace implements Place {
  readonly readAt: NonNullable<ByteSource['readAt']>;

  constructor(readAt: NonNullable<ByteSource['readAt']>) {
    this.readAt = readAt;
  }

  openAt(offset: number): ByteReader {
    let position = offset;
    return {
      read: async (space) => {
        const bytes = new Uint8Array(await this.readAt(position, position + space.length));
        position += bytes.length;
        space.set(bytes);
        return space.subarray(0, bytes.length);
      },
      async close() {},
    };
  }
}

/** What is passed over again costs no more than unpacking the archive so many times. */
const MOST_PASSES = 8;
/** An archive of few bytes may be passed over more often. */
const FREE_BYTES = 1 << 28;
const PIECE_BYTES = 1 << 18;
/** The next capture is begun before one ends: so many readings go on where they stand, for a file of each direction. */
const MOST_PARKED = 2;

interface Parked {
  reader: ByteReader;
  position: number;
}

/**
 * An archive that is packed as a whole: what comes before a place has to be unpacked first. Readings that were given
 * back last go on where they stand, so that members in the order of the archive are unpacked once each time they are read.
 */
export class PackedPlace implements Place {
  private readonly source: ByteSource;
  /** Readings that were given back, the latest one last. */
  private readonly parked: Parked[] = [];
  private passed = 0;
  private farthest = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  openAt(offset: number): ByteReader {
    let own: Parked | null = null;
    let isWhole = true;
    return {
      read: async (space) => {
        own ??= await this.positioned(offset);
        isWhole = false;
        const bytes = await own.reader.read(space);
        isWhole = true;
        own.position += bytes.length;
        this.farthest = Math.max(this.farthest, own.position);
        return bytes;
      },
      close: async () => {
        if (own === null) return;
        const given = own;
        own = null;
        if (isWhole) this.parked.push(given);
        const dropped = isWhole ? this.parked.splice(0, this.parked.length - MOST_PARKED) : [given];
        for (const { reader } of dropped) await reader.close();
      },
    };
  }

  private async positioned(offset: number): Promise<Parked> {
    const own = this.nearest(offset) ?? { reader: this.source.open(), position: 0 };
    try {
      await this.pass(own, offset);
    } catch (error) {
      await own.reader.close();
      throw error;
    }
    return own;
  }

  /** The reading that stands closest before a place, which is its own from then on. */
  private nearest(offset: number): Parked | null {
    let found = -1;
    for (const [place, { position }] of this.parked.entries()) {
      if (position <= offset && position >= (this.parked[found]?.position ?? 0)) found = place;
    }
    return found < 0 ? null : this.parked.splice(found, 1)[0];
  }

  /** Passes over what comes before a place. */
  private async pass(own: Parked, offset: number): Promise<void> {
    let space = new Uint8Array(Math.min(PIECE_BYTES, Math.max(1, offset - own.position)));
    while (own.position < offset) {
      const bytes = await own.reader.read(space.subarray(0, offset - own.position));
      if (bytes.length === 0) break;
      own.position += bytes.length;
      space = new Uint8Array(bytes.buffer);
      this.countPassed(own.position, bytes.length);
    }
  }

  /** Bytes that were passed over before are counted: for members in any order that would be without an end. */
  private countPassed(position: number, bytes: number): void {
    if (position > this.farthest) {
      this.farthest = position;
      return;
    }
    this.passed += bytes;
    if (this.passed <= FREE_BYTES + MOST_PASSES * this.farthest) return;
    throw new CaptureError(
      'bad-compression',
      0,
      'the files of the archive are not in the order of their times, and it would have to be unpacked too often: ' +
        'unpack it and open what is inside',
    );
  }
}
