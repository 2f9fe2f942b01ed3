import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bufferSource } from 'pcap-ts-parser';
import type { Report } from '../../analysis/report/report.ts';
import { packed } from '../../saved/pack.ts';
import { SavedBytes, unpacked } from '../../saved/unpack.ts';

/** A part's report may not unpack to more than this: what is larger was not packed here. */
const MOST_BYTES = 1 << 30;

/** A report as one text, for a table of the engine: what a hunt goes on from after it was stopped. */
export function packReport(report: Report): string {
  return deflateRawSync(Buffer.concat([...packed(report)]), { level: 1 }).toString('base64');
}

/** The report that was packed. Throws a `SavedFault` or an error of zlib's for a text that is none. */
export async function unpackReport(text: string): Promise<Report> {
  const bytes = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES });
  return (await unpacked(new SavedBytes(bufferSource(bytes).open()))) as Report;
}
