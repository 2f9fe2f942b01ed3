import { createHash } from 'node:crypto';
import { type ByteSource, CaptureError } from 'pcap-ts-parser';

const CHUNK_BYTES = 1 << 20;

/**
 * SHA-256 of a source's bytes, in hex: what tells that the same file comes again. A log that was packed since is the same.
 * Of a source that cannot be read to its end it is that of what came before, of the fault and of the name.
 */
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
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return hash.update(`${source.name}: ${error.message}`).digest('hex');
  } finally {
    await reader.close();
  }
}
