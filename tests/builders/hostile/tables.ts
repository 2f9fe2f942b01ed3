import { bufferSource } from 'pcap-ts-parser';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { flowsParquet } from '../../../src/export/parquet.ts';
import { seededRandom } from '../random.ts';
import {
  BYTE_ARRAY,
  dataPage,
  DECIMAL,
  DELTA_TEXTS,
  dictionaryPage,
  emptyStructs,
  emptyTexts,
  type HostileColumn,
  neededColumns,
  parquet,
  plainText,
  repeated,
  textColumn,
  ZSTD,
  zeroDictionary,
} from './parquet.ts';

const NAME = 'requested_server_name';
/** Bytes of a row of `honestTable`, about. */
const ROW_BYTES = 35;

/** Flows as this program writes them, in a file of about so many bytes. */
export async function honestTable(bytes: number): Promise<Uint8Array> {
  const random = seededRandom(5);
  const columns =
    'src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_last_seen_ms,src2dst_packets,src2dst_bytes,requested_server_name\n';
  const rows = Array.from({ length: bytes / ROW_BYTES }, (_, row) => {
    const ms = 1_772_438_400_000 + 50 * row + random.integer(0, 40);
    const host = random.integer(1, 2000);
    return `10.0.${host % 7}.${host % 200},${random.integer(1025, 65_000)},203.0.113.${host % 250},443,6,${ms},${ms + random.integer(1, 9999)},${random.integer(1, 90)},${random.integer(90, 90_000)},host-${host}.example\n`;
  });
  const { flows } = await analyze([bufferSource(Buffer.from(columns + rows.join('')), 'flows.csv')], DEFAULT_SETTINGS);
  return Buffer.concat([...flowsParquet(flows)]);
}

/** A table of `rows` rows, filled up to `bytes` with what nobody reads. */
function table(bytes: number, rows: number, more: readonly HostileColumn[]): Uint8Array {
  const file = parquet([...neededColumns(rows), ...more], rows);
  if (file.length >= bytes) return file;
  const filler = textColumn('filler', 'x'.repeat(bytes - file.length), rows);
  return parquet([...neededColumns(rows), ...more, filler], rows);
}

const NUMBERS = ['src_port', 'protocol', 'src2dst_packets', 'src2dst_bytes', 'dst2src_packets', 'dst2src_bytes'];

/** Parquet files that were made to be slow, of about so many bytes each. */
export const HOSTILE_TABLES: Readonly<Record<string, (bytes: number) => Uint8Array>> = {
  'Parquet of one row over and over': (bytes) => {
    const rows = Math.min(1 << 20, Math.floor((16 * bytes) / 12));
    return table(
      bytes,
      rows,
      NUMBERS.map((name) => textColumn(name, '1', rows)),
    );
  },
  'Parquet of long numbers': (bytes) =>
    table(bytes, 1 << 20, [textColumn('src2dst_packets', '1'.repeat(bytes / 2), 1 << 20)]),
  'Parquet of long names': (bytes) => table(bytes, 1 << 19, [textColumn(NAME, 'a'.repeat(200), 1 << 19)]),
  'Parquet of a long decimal': (bytes) => {
    const pages = Buffer.concat([dictionaryPage(1, plainText('\u007f'.repeat(bytes / 2))), repeated(1000)]);
    return table(bytes, 1000, [{ name: 'src2dst_packets', type: BYTE_ARRAY, convertedType: DECIMAL, pages }]);
  },
  'Parquet of dictionaries of zeros': (bytes) => {
    const zeros = zeroDictionary(1 << 26);
    const pages = Buffer.concat(Array.from({ length: 100 }, () => zeros));
    return table(bytes, 1000, [
      { name: NAME, type: BYTE_ARRAY, codec: ZSTD, pages: Buffer.concat([pages, emptyTexts(1000)]) },
    ]);
  },
  'Parquet of wide differences': (bytes) => {
    const rows = 1 << 20;
    // One block of all values, each of 64 bits, of which none is there.
    const claimed = Uint8Array.from([...number(rows), 1, ...number(rows), 0, 0, 64]);
    const pages = dataPage(rows, DELTA_TEXTS, claimed);
    return table(bytes, rows, [{ name: NAME, type: BYTE_ARRAY, pages }]);
  },
  'Parquet of groups of one row': (bytes) => parquet(neededColumns(1), 1, Math.floor(bytes / 200)),
  'Parquet of groups of no rows': (bytes) => parquet(neededColumns(0), 0, Math.floor(bytes / 200)),
  'Parquet with a footer of empty structs': (bytes) => emptyStructs(bytes),
};

function number(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...number(Math.floor(value / 128))];
}
