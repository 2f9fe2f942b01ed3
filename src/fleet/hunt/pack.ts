import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bufferSource } from 'pcap-ts-parser';
import { packed } from '../../saved/pack.ts';
import { SavedBytes, unpacked } from '../../saved/unpack.ts';
import type { ScoredPart } from './score-part.ts';

/** A part may not unpack to more than this: what is larger was not packed here. */
const MOST_BYTES = 1 << 30;

/** A part as one text, for a table of the engine: what a hunt goes on from after it was stopped. */
export function packPart(part: ScoredPart): string {
  return deflateRawSync(Buffer.concat([...packed(part)]), { level: 1 }).toString('base64');
}

/** The part that was packed. Throws a `SavedFault` or an error of zlib's for a text that is none. */
export async function unpackPart(text: string, most = MOST_BYTES): Promise<ScoredPart> {
  const bytes = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: most });
  return (await unpacked(new SavedBytes(bufferSource(bytes).open(), bytes.length))) as ScoredPart;
}
