import { randomBytes } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { packed } from '../../../src/saved/pack.ts';
import { tar } from '../archives/tar.ts';
import { deflateOfCodes, gzipMember } from '../compress/deflate.ts';
import { lz4 } from '../compress/lz4.ts';
import { xz } from '../compress/xz.ts';
import { zstd } from '../compress/zstd.ts';
import { zip } from '../archives/zip.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../ethernet.ts';
import { ipv4 } from '../ipv4.ts';
import { latin1 } from '../payloads/bytes.ts';
import { eveJson, flowEvent } from '../logs/suricata.ts';
import { CONN_FIELDS, connRow, zeekJson, zeekTsv } from '../logs/zeek.ts';
import { type PacketRecord, pcap } from '../pcap.ts';
import { pcapng } from '../pcapng.ts';
import { SYN, tcp } from '../tcp.ts';

const MAGIC = 'BEACONSCOPE ANALYSIS\n';
const PIECE_BYTES = 1 << 20;
/** What a saved analysis may unpack to, in all and for each of its bytes, and values of its head, about. */
const [FREE_BYTES, MOST_A_BYTE, MOST_VALUES] = [2 ** 26, 8, 2_000_000];
const FIRST_SECOND = 1_772_438_400;
/** Files of an archive: no more are looked at. */
const MOST_FILES = 9000;
/** Bytes of a file that is neither small nor large. */
const MIDDLE_BYTES = 300_000;
/** Bytes of a file's two headers in a ZIP archive, about. */
const HEADERS_BYTES = 110;

/** A packet that begins a connection. */
function packetOf(index: number, said = new Uint8Array(0)): PacketRecord {
  const payload = tcp({ sourcePort: 5000 + (index % 50_000), destinationPort: 443, flags: SYN, payload: said });
  const frame = ipv4({ source: '10.0.0.1', destination: '203.0.113.9', protocol: 6, payload });
  const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: frame });
  return { seconds: FIRST_SECOND + index, nanoseconds: 0, data };
}

/** A capture of one packet. */
function onePacket(index: number): Uint8Array {
  return pcap({ packets: [packetOf(index)] });
}

/** Smallest files of each kind that is read, by the name of the kind. */
const SMALLEST: Readonly<Record<string, (index: number) => Uint8Array>> = {
  'captures of one packet': onePacket,
  'gzip of captures of one packet': (index) => gzipSync(onePacket(index)),
  'zstd of captures of one packet': (index) => zstd(onePacket(index)),
  'pcapng of one packet': (index) => pcapng({ packets: [packetOf(index)] }),
  'conn.log of one row': (index) => latin1(zeekTsv('conn', CONN_FIELDS, [connRow({ ts: FIRST_SECOND + index })])),
  'conn.log as JSON of one row': (index) => latin1(zeekJson([connRow({ ts: FIRST_SECOND + index })])),
  'eve.json of one event': (index) => latin1(eveJson([flowEvent({ flow_id: index })])),
  'CSV of one flow': (index) =>
    latin1(
      'src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_last_seen_ms\n' +
        `10.0.0.1,${5000 + index},203.0.113.9,443,6,${1000 * (FIRST_SECOND + index)},${1000 * (FIRST_SECOND + index)}\n`,
    ),
  'texts that are no log': (index) => latin1(`This is text ${index}.`),
};

/** Smallest files that are cut short, or archives themselves. */
const CUT: Readonly<Record<string, (index: number) => Uint8Array>> = {
  'gzip cut short': (index) => gzipSync(onePacket(index)).subarray(0, -10),
  'zstd cut short': (index) => zstd(onePacket(index), { checksum: true }).subarray(0, -2),
  'lz4 cut short': (index) => lz4(onePacket(index)).subarray(0, -2),
  'xz cut short': (index) => xz(onePacket(index)).subarray(0, -30),
  'small tar archives': (index) => tar([{ name: 'a', bytes: onePacket(index) }]),
  'small tar archives cut short': (index) => tar([{ name: 'a', bytes: onePacket(index) }]).subarray(0, 560),
  'small tar.gz archives': (index) => gzipSync(tar([{ name: 'a', bytes: onePacket(index) }])),
};

/** As many smallest files as make an archive of about so many bytes. */
function files(bytes: number, build: (index: number) => Uint8Array): { name: string; bytes: Uint8Array }[] {
  const most = Math.min(MOST_FILES, bytes / (HEADERS_BYTES + deflateRawSync(build(0)).length));
  return Array.from({ length: most }, (_, index) => ({ name: String(index), bytes: build(index) }));
}

/** ZIP and tar archives of smallest files, whose packets are as small. */
export const ARCHIVES_OF_SMALLEST: Readonly<Record<string, (bytes: number) => Promise<Uint8Array>>> =
  Object.fromEntries(
    Object.entries(SMALLEST).flatMap(([kind, build]) => [
      [`ZIP of ${kind}`, (bytes: number) => zip(files(bytes, build))] as const,
      [`tar.gz of ${kind}`, async (bytes: number) => gzipSync(tar(files(bytes, build)))] as const,
    ]),
  );

/** ZIP archives of them: what is honest of their size is one of as many files that are whole. */
export const HONEST_ARCHIVE = ARCHIVES_OF_SMALLEST['ZIP of captures of one packet'];
export const ARCHIVES_OF_CUT: Readonly<Record<string, (bytes: number) => Promise<Uint8Array>>> = {
  ...Object.fromEntries(
    Object.entries(CUT).map(([kind, build]) => [`ZIP of ${kind}`, (bytes: number) => zip(files(bytes, build))]),
  ),
  'ZIP in ZipCrypto of captures of one packet': (bytes) =>
    zip(
      files(bytes, onePacket).map(({ name, bytes: content }) => {
        return { name, bytes: content, password: 'infected', zipCrypto: true };
      }),
    ),
};

/** Captures too large to be held until they are read, of packets that do not pack. */
function middleFiles(bytes: number): { name: string; bytes: Uint8Array }[] {
  return Array.from({ length: Math.ceil(bytes / MIDDLE_BYTES) }, (_, file) => {
    const packets = Array.from({ length: MIDDLE_BYTES / 1500 }, (__, index) =>
      packetOf(file + index, randomBytes(1400)),
    );
    return { name: String(file), bytes: pcap({ packets }) };
  });
}

/** A ZIP archive of them, and the same encrypted. */
export const HONEST_ARCHIVE_OF_MIDDLE = (bytes: number): Promise<Uint8Array> => zip(middleFiles(bytes));
export const ENCRYPTED_ARCHIVES: Readonly<Record<string, (bytes: number) => Promise<Uint8Array>>> = Object.fromEntries(
  [false, true].map((zipCrypto) => [
    `ZIP in ${zipCrypto ? 'ZipCrypto' : 'AES'} of captures of 300 kB`,
    (bytes: number) => zip(middleFiles(bytes).map((file) => Object.assign(file, { password: 'infected', zipCrypto }))),
  ]),
);

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

/** Bytes over and over, up to a length. */
function repeated(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length]);
}

/** A capture of one packet behind as many frames that unpack to nothing as there is room for. */
function behindEmptyFrames(bytes: number, pack: (content: Uint8Array) => Uint8Array): Uint8Array {
  const empty = pack(new Uint8Array(0));
  return Buffer.concat([...Array.from({ length: bytes / empty.length }, () => empty), pack(onePacket(0))]);
}

/** A saved analysis of a head, which is pieces of text, and columns of zeros behind bytes that do not pack: packed piece by piece, since both may be of gigabytes. */
function savedHead(head: readonly [piece: string, times: number][], zeros: number, first = 0): Uint8Array {
  const size = new Uint8Array(4);
  const length = head.reduce((sum, [piece, times]) => sum + piece.length * times, 0);
  new DataView(size.buffer).setUint32(0, length, true);
  return Buffer.concat([
    gzipSync(Buffer.concat([latin1(MAGIC), size])),
    ...head.map(([piece, times]) => packedOver(latin1(piece), times)),
    gzipSync(randomBytes(first)),
    packedOver(new Uint8Array(1), zeros),
  ]);
}

/** Bytes over and over as members of gzip. */
function packedOver(bytes: Uint8Array, times: number): Uint8Array {
  const together = Math.ceil(PIECE_BYTES / bytes.length);
  const member = gzipSync(Buffer.concat(Array.from({ length: together }, () => bytes)));
  const rest = gzipSync(Buffer.concat(Array.from({ length: times % together }, () => bytes)));
  return Buffer.concat([...Array.from({ length: Math.floor(times / together) }, () => member), rest]);
}

/** Archives that were made to be slow to open, each of at most as many bytes as it is told. */
export const HOSTILE_ARCHIVES: Readonly<Record<string, (bytes: number) => Promise<Uint8Array>>> = {
  ...ARCHIVES_OF_SMALLEST,
  'tar of captures of one packet': async (bytes) => tar(files(bytes / 8, onePacket)),
  'ZIP whose files are one': (bytes) => overlapping(Math.min(MOST_FILES, Math.floor(bytes / 60))),
  'ZIP of zeros': (bytes) =>
    zip([{ name: 'a.pcap', bytes: Buffer.concat([onePacket(0), new Uint8Array(100 * bytes)]) }]),
  'zstd of empty frames': async (bytes) => behindEmptyFrames(bytes, zstd),
  'zstd of blocks of one byte': async (bytes) => zstd(repeated(onePacket(0), bytes / 4), { blockBytes: 1 }),
  'gzip of members of one packet, cut short': async (bytes) => {
    const member = gzipSync(onePacket(0));
    return Buffer.concat(Array.from({ length: bytes / member.length }, () => member)).subarray(0, -4);
  },
  'gzip of blocks of codes of their own, cut short': async (bytes) =>
    Buffer.concat([gzipSync(onePacket(0)), gzipMember(deflateOfCodes(bytes), new Uint8Array(0)).subarray(0, -4)]),
  'lz4 of empty frames': async (bytes) => behindEmptyFrames(bytes, lz4),
};

/** Saved analyses that were made to be slow to open, likewise. */
export const HOSTILE_SAVED: typeof HOSTILE_ARCHIVES = {
  'saved analysis of zeros': async (bytes) =>
    savedHead([[`{"columns":[["u8",${500 * bytes}]],"value":{"$":0}}`, 1]], 500 * bytes),
  'saved analysis of as many zeros as may be': async (bytes) => {
    const first = bytes - 1000;
    const zeros = FREE_BYTES + MOST_A_BYTE * first - first - 1000;
    return savedHead([[`{"columns":[["u8",${first}],["u8",${zeros}]],"value":{"$":1}}`, 1]], zeros, first);
  },
  'saved analysis of names': async (bytes) => {
    const names = Array.from({ length: Math.min(MOST_VALUES, bytes / 4) }, (_, index) => `"${index.toString(36)}":0`);
    return savedHead([[`{"columns":[],"value":{${names.join(',')}}}`, 1]], 0);
  },
  'saved analysis of empty texts': async (bytes) =>
    savedHead([[`{"columns":[["texts",${100 * bytes}]],"value":{"$":0}}`, 1]], 400 * bytes),
  'saved analysis of empty objects': async (bytes) =>
    savedHead(
      [
        [`{"columns":[],"value":[`, 1],
        ['{},', 20 * bytes],
        ['0]}', 1],
      ],
      0,
    ),
  'saved analysis of the number 1': async () => Buffer.concat([latin1(MAGIC), ...packed(1)]),
};
