import type { Report } from '../../analysis/report.ts';
import { textsOf } from '../../analysis/report.ts';
import type { ConnectionEnds } from '../../export/carve.ts';
import type { ExportSource } from '../../state/export-source.ts';
import { fileName } from './file-name.ts';
import { valueOf } from './outcome.ts';
import type { SavedFile } from './save.ts';

/** Whether packets were read that can be cut out; logs and tables of flows hold none. */
export function hasPackets({ captures }: Report): boolean {
  return captures.some(({ flows, packets }) => flows === undefined && packets > 0);
}

/** The packets of a row's connection as a pcapng file; one that goes to several ports takes all of them. */
export async function carvedFile(source: ExportSource, report: Report, row: number, onRead: (bytes: number) => void): Promise<SavedFile> {
  const { file: blob, packets } = valueOf(await source.carve([endsOf(report, row)], onRead));
  if (packets === 0) throw new Error('the captures hold no packet of it');
  return { name: fileName('packets', 'pcapng', Date.now()), blob };
}

function endsOf({ connections, addresses }: Report, row: number): ConnectionEnds {
  const texts = textsOf(addresses);
  return {
    source: texts[connections.source[row]],
    destination: texts[connections.destination[row]],
    port: connections.otherPorts[row] > 0 ? null : connections.destinationPort[row],
  };
}
