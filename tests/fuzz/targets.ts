import { bufferSource } from 'pcap-ts-parser';
import { readList } from '../../src/analysis/lists/read-list.ts';
import { analyze, NothingRead } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { interfaceDescription, sectionHeader } from '../builders/pcapng.ts';
import { sampleCapture } from '../builders/sample.ts';

/** A reader that is fuzzed. */
export interface Target {
  /** Whole inputs that mutations begin from. */
  seeds: () => Uint8Array[];
  /** What it makes of an input that comes `chunkBytes` at a time: the same whatever that is. */
  run: (bytes: Uint8Array, chunkBytes: number) => Promise<string>;
}

/** The first packets of the sample, which takes a second to make. */
let made: Uint8Array | null = null;
const capture = (): Uint8Array => (made ??= sampleCapture().slice(0, 6000));
const text = (lines: string): Uint8Array => new TextEncoder().encode(lines);

/** All that is made of one file: flows, sessions, scores, warnings. */
async function analysed(bytes: Uint8Array, chunkBytes: number): Promise<string> {
  try {
    const analysis = await analyze([decompressed(pieces(bytes, chunkBytes))], DEFAULT_SETTINGS);
    const { connections, packets, flows } = analysis.report(DEFAULT_SETTINGS);
    const warned = analysis.captures[0].warnings.map(({ kind }) => kind).join(' ');
    return `${packets} ${flows} ${connections.length} ${warned}`;
  } catch (error) {
    if (!(error instanceof NothingRead)) throw error;
    return error.kind;
  }
}

/** A source that gives at most so many bytes at a time. */
function pieces(bytes: Uint8Array, chunkBytes: number): ReturnType<typeof bufferSource> {
  const source = bufferSource(bytes, 'fuzzed');
  return {
    name: source.name,
    size: source.size,
    open() {
      const reader = source.open();
      return { read: (space) => reader.read(space.subarray(0, chunkBytes)), close: () => reader.close() };
    },
  };
}

const CONN =
  '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\n' +
  '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tinterval\tcount\tcount\n' +
  Array.from(
    { length: 8 },
    (_, row) => `${1_700_000_000 + 60 * row}.5\tC${row}\t10.0.0.1\t4000\t203.0.113.9\t443\ttcp\t1.5\t100\t200\n`,
  ).join('');
const EVE = Array.from(
  { length: 8 },
  (_, row) =>
    `{"timestamp":"2024-01-01T00:0${row}:00.000000+0000","flow_id":${row},"event_type":"flow","src_ip":"10.0.0.1","src_port":4000,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","flow":{"pkts_toserver":2,"pkts_toclient":1,"bytes_toserver":200,"bytes_toclient":100,"start":"2024-01-01T00:0${row}:00.000000+0000","end":"2024-01-01T00:0${row}:01.000000+0000"}}\n`,
).join('');
const LIST = '{"type":"bundle","objects":[{"type":"indicator","pattern":"[url:value = \'http://a.example/\']"}]}';

export const TARGETS: Readonly<Record<string, Target>> = {
  captures: {
    seeds: () => [capture(), new Uint8Array(Buffer.concat([sectionHeader(), interfaceDescription()]))],
    run: analysed,
  },
  logs: { seeds: () => [text(CONN), text(EVE)], run: analysed },
  lists: {
    seeds: () => [text(LIST), text('ip,note\n10.0.0.1,"a ""b"""\n'), text('*.a.example # x\n10.0.0.0/8\n')],
    run: async (bytes) => {
      const { entries, problems } = readList(new TextDecoder().decode(bytes));
      return `${entries.length} ${problems.length}`;
    },
  },
};
