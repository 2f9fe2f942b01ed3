import { gzipSync } from 'node:zlib';
import { packed } from '../../../src/saved/pack.ts';
import { tar } from '../archives/tar.ts';
import { lz4 } from '../compress/lz4.ts';
import { zstd } from '../compress/zstd.ts';
import { zip } from '../archives/zip.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../ethernet.ts';
import { ipv4 } from '../ipv4.ts';
import { latin1 } from '../payloads/bytes.ts';
import { pcap } from '../pcap.ts';
import { SYN, tcp } from '../tcp.ts';

const MAGIC = 'BEACONSCOPE ANALYSIS\n';
/** Bytes of a file of one packet in a ZIP archive with its two headers, about. */
const ENTRY_BYTES = 200;

/** A capture of one packet. */
function onePacket(index: number): Uint8Array {
  const payload = tcp({ sourcePort: 5000 + (index % 50_000), destinationPort: 443, flags: SYN });
  const frame = ipv4({ source: '10.0.0.1', destination: '203.0.113.9', protocol: 6, payload });
  const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: frame });
  return pcap({ packets: [{ seconds: 1_772_438_400 + index, nanoseconds: 0, data }] });
}

function files(count: number): { name: string; bytes: Uint8Array }[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${index}.pcap`, bytes: onePacket(index) }));
}

/** An archive whose list has its only file `count` times. */
async function overlapping(count: number): Promise<Uint8Array> {
  const bytes = Buffer.concat([onePacket(0), new Uint8Array(1 << 20)]);
  const archive = Buffer.from(await zip([{ name: 'a.pcap', bytes }]));
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const list = archive.readUInt32LE(end + 16);
  const tail = Buffer.from(archive.subarray(end));
  const entry = archive.subarray(list, end);
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(count * entry.length, 12);
  return Buffer.concat([archive.subarray(0, list), ...Array.from({ length: count }, () => entry), tail]);
}

/** A capture of one packet behind as many frames that unpack to nothing as there is room for. */
function behindEmptyFrames(bytes: number, pack: (content: Uint8Array) => Uint8Array): Uint8Array {
  const empty = pack(new Uint8Array(0));
  return Buffer.concat([...Array.from({ length: bytes / empty.length }, () => empty), pack(onePacket(0))]);
}

function savedHead(head: string, columns: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, head.length, true);
  return gzipSync(Buffer.concat([latin1(MAGIC), size, latin1(head), columns]));
}

/** Archives and saved analyses that were made to be slow to open, each of at most as many bytes as it is told. */
export const HOSTILE_ARCHIVES: Readonly<Record<string, (bytes: number) => Promise<Uint8Array>>> = {
  'ZIP of captures of one packet': (bytes) => zip(files(Math.min(9000, bytes / ENTRY_BYTES))),
  'tar.gz of captures of one packet': async (bytes) => gzipSync(tar(files(Math.min(9000, bytes / ENTRY_BYTES)))),
  'ZIP whose files are one': (bytes) => overlapping(Math.min(9000, Math.floor(bytes / 60))),
  'ZIP of zeros': (bytes) =>
    zip([{ name: 'a.pcap', bytes: Buffer.concat([onePacket(0), new Uint8Array(100 * bytes)]) }]),
  'zstd of empty frames': async (bytes) => behindEmptyFrames(bytes, zstd),
  'lz4 of empty frames': async (bytes) => behindEmptyFrames(bytes, lz4),
  'saved analysis of zeros': async (bytes) =>
    savedHead(`{"columns":[["u8",${500 * bytes}]],"value":{"$":0}}`, new Uint8Array(500 * bytes)),
  'saved analysis of empty texts': async (bytes) =>
    savedHead(`{"columns":[["texts",${100 * bytes}]],"value":{"$":0}}`, new Uint8Array(400 * bytes)),
  'saved analysis of empty objects': async (bytes) =>
    savedHead(`{"columns":[],"value":[${'{},'.repeat(20 * bytes)}0]}`, new Uint8Array(0)),
  'saved analysis of the number 1': async () => Buffer.concat([latin1(MAGIC), ...packed(1)]),
};
