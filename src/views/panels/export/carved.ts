import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import { textsOf } from '../../../analysis/memory/text-pool.ts';
import type { Report } from '../../../analysis/report/report.ts';
import type { ConnectionEnds } from '../../../export/carve.ts';
import { destinationsOf } from '../../../export/paste/connection.ts';
import { valueOf, type ExportSource } from '../../../state/export-source.ts';
import { fileName, type SavedFile, savedWith } from './save.ts';

/** Whether packets were read that can be cut out; logs and tables of flows hold none. */
export function hasPackets({ captures }: Report): boolean {
  return captures.some(({ flows, packets }) => flows === undefined && packets > 0);
}

/** The packets of a row's connection as a pcapng file, those to and from every address that its flows go to. */
export async function carvedFile(
  source: ExportSource,
  report: Report,
  row: number,
  onRead: (bytes: number) => void,
): Promise<SavedFile> {
  const detail = valueOf(await source.detail(report.connections.group[row]));
  const { file: blob, packets, unread } = valueOf(await source.carve(connectionEnds(report, row, detail), onRead));
  if (packets === 0) throw new Error(`the captures hold no packet of it${unread === '' ? '' : `. ${unread}`}`);
  const leftOut = report.connections.otherDestinations[row] + 1 - destinationsOf(detail.ends).length;
  const without = leftOut === 0 ? '' : `without those of the ${leftOut} addresses that fewest flows go to`;
  return savedWith({ name: fileName('packets', 'pcapng', Date.now()), blob }, without, unread);
}

/**
 * Of a connection to several ports all packets between the addresses are meant; where others go there, too, the ones of its
 * own flows.
 */
function connectionEnds(
  { connections, addresses }: Report,
  row: number,
  { ends, sharesEnds, protocol, sourcePort, startMs, endMs }: ConnectionDetail,
): ConnectionEnds[] {
  const source = textsOf(addresses)[connections.source[row]];
  if (sharesEnds) {
    const flows = { protocol, sourcePort, startMs, endMs };
    return ends.map(({ address, port }) => ({ source, destination: address, port, flows }));
  }
  const { otherPorts, destinationPort } = connections;
  const port = otherPorts[row] > 0 ? null : destinationPort[row];
  return destinationsOf(ends).map((destination) => ({ source, destination, port }));
}
