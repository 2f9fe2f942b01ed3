import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { decompressed } from '../../../src/decompress/decompressed.ts';

/** All that a packed file unpacks to, read in pieces of `pieceBytes`, and the fault that ended it. */
export async function unpacked(
  packed: Uint8Array,
  pieceBytes = 65_536,
): Promise<{ bytes: Buffer; pieces: number; fault: unknown; source: ByteSource }> {
  const source = decompressed(bufferSource(packed, 'packed'));
  const reader = source.open();
  const pieces: Uint8Array[] = [];
  let fault: unknown = null;
  try {
    for (;;) {
      const piece = await reader.read(new Uint8Array(pieceBytes));
      if (piece.length === 0) break;
      pieces.push(piece.slice());
    }
  } catch (error) {
    fault = error;
  }
  await reader.close();
  return { bytes: Buffer.concat(pieces), pieces: pieces.length, fault, source };
}
