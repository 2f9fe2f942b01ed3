import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { countText } from '../count-text.ts';
import { CellLines } from './cell-lines.ts';
import type { FlowBuilder } from './flow-builder.ts';
import { FlowCsvReader } from './flow-csv.ts';
import { JsonObjects } from './json-objects.ts';
import { type LogForm, type LogKind, OTHERS } from './kind.ts';
import { type LinesRead, readLines, readText } from './lines.ts';
import { type LogRead, type LogReader, NOTHING_USED } from './log-reader.ts';
import { FlowParquetReader } from './parquet/reader.ts';
import { SuricataReader } from './suricata.ts';
import { ZeekCsvReader } from './zeek-csv.ts';
import { ZeekJsonReader } from './zeek-json.ts';
import { ZeekTsvReader } from './zeek-tsv.ts';

const TEXT_READERS: Record<
  Exclude<LogKind, 'parquet' | 'zeek-summary'>,
  new (builder: FlowBuilder, unit: string) => LogReader
> = {
  'flow-csv': FlowCsvReader,
  'zeek-tsv': ZeekTsvReader,
  'zeek-csv': ZeekCsvReader,
  'zeek-json': ZeekJsonReader,
  suricata: SuricataReader,
};

/** What was read, and how many bytes of it. */
export interface LogFileRead extends LogRead {
  bytes: number;
}

/**
 * Reads the flows and names of one log into a builder. Throws a `CaptureError` when nothing can be read; a fault
 * further on comes back as a warning. What `onProgress` throws ends the reading.
 */
export async function readFlowLog(
  source: ByteSource,
  { kind, rows, shippedIn, listAt }: LogForm,
  builder: FlowBuilder,
  onProgress: (bytes: number) => void,
): Promise<LogFileRead> {
  if (kind === 'zeek-summary') return { ...NOTHING_USED, format: 'Zeek conn-summary', bytes: source.size ?? 0 };
  if (kind === 'parquet') {
    const reader = new FlowParquetReader(builder);
    const fault = await reader.read(source, onProgress);
    return resultOf(reader, { bytes: source.size ?? 0, zeros: 0, fault });
  }
  const reader = new TEXT_READERS[kind](builder, rows === 'objects' ? 'object' : 'line');
  reader.shippedIn = shippedIn ?? null;
  if (kind === 'suricata' || kind === 'zeek-json') reader.other = OTHERS[kind];
  const cells = rows === 'cells' ? new CellLines(reader) : null;
  const linesRead =
    rows === 'objects'
      ? await readText(source, new JsonObjects(reader, listAt), onProgress)
      : await readLines(source, cells ?? reader, onProgress);
  cells?.end();
  return resultOf(reader, linesRead);
}

function resultOf(reader: LogReader, { bytes, zeros, fault }: LinesRead): LogFileRead {
  const read = reader.result();
  read.warnings.push(...holesSaid(zeros));
  const unread = reader.unread();
  if (fault === null && unread !== null) throw new CaptureError('not-a-capture', 0, unread);
  if (fault === null) return { ...read, bytes };
  const { kind, offset, message } = fault;
  return { ...read, bytes, warnings: [{ kind, offset, message }, ...read.warnings] };
}

/** What is to be said of a log with holes. */
function holesSaid(zeros: number): Warning[] {
  if (zeros === 0) return [];
  const bytes = zeros === 1 ? '1 byte of zero was' : `${countText(zeros)} bytes of zeros were`;
  const why = 'as a log has them that was cut off while it was written (copytruncate of logrotate)';
  const message = `${bytes} passed over, ${why}`;
  return [{ kind: 'holes', offset: null, message }];
}
