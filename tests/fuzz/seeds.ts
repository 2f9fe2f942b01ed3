import { gzipSync } from 'node:zlib';
import { bufferSource } from 'pcap-ts-parser';
import { type Analysis } from '../../src/analysis/report/analysis.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { flowsParquet } from '../../src/export/parquet.ts';
import { tar } from '../builders/archives/tar.ts';
import { zip } from '../builders/archives/zip.ts';
import { lz4, lz4Legacy } from '../builders/compress/lz4.ts';
import { xz } from '../builders/compress/xz.ts';
import { zstd, ZSTD_LINES } from '../builders/compress/zstd.ts';
import { interfaceDescription, sectionHeader } from '../builders/pcapng.ts';
import { sampleCapture } from '../builders/sample.ts';
import { savedBytes } from '../builders/saved.ts';

const ROWS = Array.from({ length: 8 }, (_, row) => row);
const TIMES = ROWS.map((row) => 1_700_000_000 + 60 * row);

const CONN =
  '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\n' +
  '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tinterval\tcount\tcount\n' +
  TIMES.map((time, row) => `${time}.5\tC${row}\t10.0.0.1\t4000\t203.0.113.9\t443\ttcp\t1.5\t100\t200\n`).join('');
const EVE = ROWS.map(
  (row) =>
    `{"timestamp":"2024-01-01T00:0${row}:00.000000+0000","flow_id":${row},"event_type":"flow","src_ip":"10.0.0.1","src_port":4000,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","flow":{"pkts_toserver":2,"pkts_toclient":1,"bytes_toserver":200,"bytes_toclient":100,"start":"2024-01-01T00:0${row}:00.000000+0000","end":"2024-01-01T00:0${row}:01.000000+0000"}}\n`,
).join('');
const ZEEK_JSON = TIMES.map(
  (time, row) =>
    `{"_path":"conn","ts":${time}.5,"uid":"C${row}","id.orig_h":"10.0.0.1","id.orig_p":4000,"id.resp_h":"203.0.113.9","id.resp_p":443,"proto":"tcp","duration":1.5,"orig_bytes":100,"resp_bytes":200}\n`,
).join('');
const CSV =
  'src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_last_seen_ms,bidirectional_packets,bidirectional_bytes,requested_server_name\n' +
  TIMES.map((time) => `10.0.0.1,4000,203.0.113.9,443,6,${time}000,${time}500,4,600,"a ""b"".example"\n`).join('');
const STIX = '{"type":"bundle","objects":[{"type":"indicator","pattern":"[url:value = \'http://a.example/\']"}]}';
const MISP =
  '{"Event":{"info":"x","Attribute":[{"type":"ip-dst|port","value":"203.0.113.9|443","comment":"c"},{"type":"domain","value":"a.example"}]}}';

export const text = (lines: string): Uint8Array => new TextEncoder().encode(lines);

/** The first packets of the sample, which takes a second to make. */
let made: Uint8Array | null = null;
function capture(bytes: number): Uint8Array {
  made ??= sampleCapture();
  return made.slice(0, bytes);
}

export const captureSeeds = (): Uint8Array[] => [
  capture(6000),
  new Uint8Array(Buffer.concat([sectionHeader(), interfaceDescription()])),
];

export const logSeeds = (): Uint8Array[] => [CONN, EVE, ZEEK_JSON, CSV].map(text);

export const listSeeds = (): Uint8Array[] =>
  [STIX, MISP, 'ip,note\n10.0.0.1,"a ""b"""\n', '*.a.example # x\n10.0.0.0/8\n', '0.0.0.0 a.example\n'].map(text);

const analysed = (): Promise<Analysis> => analyze([bufferSource(text(CONN), 'conn.log')], DEFAULT_SETTINGS);

export async function parquetSeeds(): Promise<Uint8Array[]> {
  const { flows } = await analysed();
  return [new Uint8Array(Buffer.concat([...flowsParquet(flows)]))];
}

export async function savedSeeds(): Promise<Uint8Array[]> {
  return [savedBytes(await analysed())];
}

/** One or two kilobytes each: a part of a capture in every packing, and "zstd -19" and bzip2 of lines. */
export async function packedSeeds(): Promise<Uint8Array[]> {
  const bytes = capture(2000);
  const files = ['a.pcap', 'b.pcap'].map((name) => ({ name, bytes: capture(500) }));
  return [
    new Uint8Array(gzipSync(bytes)),
    zstd(bytes, { blockBytes: 300, checksum: true }),
    lz4(bytes, { blockBytes: 300, linked: true, checksums: true }),
    lz4Legacy(bytes, 300),
    xz(bytes),
    ZSTD_LINES,
    new Uint8Array(Buffer.from(BZIP2_LINE, 'hex')),
    tar(files),
    await zip(files),
  ];
}

/** "a beacon calls home, and calls home again. " as bzip2 1.0.8 packs it. */
const BZIP2_LINE =
  '425a68393141592653599a0668ef000005118040053ee7880020002128269a01a14c00134697b4f6886965d686098f1b7b0a9e2929e8cc1f' +
  '1772453850909a0668ef';
