import { byTime, type PacketRecord, pcap } from './pcap.ts';
import { beacon } from './sample/beacons.ts';
import { browse, readMail } from './sample/browsing.ts';
import { keepTime } from './sample/clocks.ts';
import { SAMPLE_SECONDS, SAMPLE_START } from './sample/hosts.ts';
import { askForAddresses, lookForPrinters, renewLeases, workOnShares } from './sample/lan.ts';
import { Office } from './sample/office.ts';
import { checkForUpdates } from './sample/updates.ts';

export { SAMPLE_BEACONS } from './sample/beacons.ts';
export type { SampleBeacon } from './sample/beacons.ts';
export { SAMPLE_SECONDS, SAMPLE_START } from './sample/hosts.ts';

/**
 * Four hours of a small office as a classic pcap file, under 2 MB, the same bytes on every call: browsing, DNS, clocks,
 * mail, updates, shares, a printer, and the three beacons of `SAMPLE_BEACONS`. Names are reserved ones (RFC 2606) and
 * outside addresses documentation ones (RFC 5737), so that nothing in it points at anyone.
 */
export function sampleCapture(): Uint8Array<ArrayBuffer> {
  return pcap({ packets: samplePackets() });
}

/** The packets of that capture, in order of time. */
export function samplePackets(): PacketRecord[] {
  const office = new Office();
  for (const activity of [
    browse,
    readMail,
    keepTime,
    workOnShares,
    renewLeases,
    lookForPrinters,
    askForAddresses,
    checkForUpdates,
    beacon,
  ])
    activity(office);
  const end = SAMPLE_START + SAMPLE_SECONDS;
  return office.packets.filter(({ seconds }) => seconds < end).sort(byTime);
}
