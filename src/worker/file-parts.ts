/**
 * Pieces that become one part: a browser keeps a blob of many megabytes on the disk, and may keep its parts there too.
 */
const PART_BYTES = 1 << 24;

/** A file that is made piece by piece. What is finished lies in blobs, so that the script's own memory stays small. */
export class FileParts {
  private readonly type: string;
  private readonly parts: Blob[] = [];
  private pieces: (string | Uint8Array<ArrayBuffer>)[] = [];
  private length = 0;

  constructor(type: string) {
    this.type = type;
  }

  add(piece: string | Uint8Array<ArrayBuffer>): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length < PART_BYTES) return;
    this.parts.push(new Blob(this.pieces));
    this.pieces = [];
    this.length = 0;
  }

  blob(): Blob {
    return new Blob([...this.parts, ...this.pieces], { type: this.type });
  }
}
