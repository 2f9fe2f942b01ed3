import { createHash } from 'node:crypto';
import type { ByteSource } from 'pcap-ts-parser';

const CHUNK_BYTES = 1 << 20;

/** SHA-256 of a source's bytes as they lie on the disk, in hex: what tells that the same file comes again. */
export async function digestOf(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  const reader = source.open();
  let space = new Uint8Array(CHUNK_BYTES);
  try {
    for (;;) {
      const piece = await reader.read(space);
      if (piece.length === 0) return hash.digest('hex');
      hash.update(piece);
      space = new Uint8Array(piece.buffer);
    }
  } finally {
    await reader.close();
  }
}
