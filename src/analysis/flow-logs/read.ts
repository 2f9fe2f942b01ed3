import type { ByteSource } from 'pcap-ts-parser';
import type { FlowBuilder } from './flow-builder.ts';
import { FlowCsvReader } from './flow-csv.ts';
import type { LogKind } from './kind.ts';
import { readLines } from './lines.ts';
import type { LogRead, LogReader } from './log-reader.ts';
import { FlowParquetReader } from './parquet.ts';
import { SuricataReader } from './suricata.ts';
import { ZeekJsonReader } from './zeek-json.ts';
import { ZeekTsvReader } from './zeek-tsv.ts';

const TEXT_READERS: Record<Exclude<LogKind, 'parquet'>, new (builder: FlowBuilder) => LogReader> = {
  'flow-csv': FlowCsvReader,
  'zeek-tsv': ZeekTsvReader,
  'zeek-json': ZeekJsonReader,
  suricata: SuricataReader,
};

/** What was read, and how many bytes of it. */
export interface LogFileRead extends LogRead {
  bytes: number;
}

/**
 * Reads the flows and names of one log into a builder. Throws a `CaptureError` when nothing can be read; a fault further
 * on comes back as a warning. What `onProgress` throws ends the reading.
 */
export async function readFlowLog(
  source: ByteSource,
  kind: LogKind,
  builder: FlowBuilder,
  onProgress: (bytes: number) => void,
): Promise<LogFileRead> {
  if (kind === 'parquet') {
    const reader = new FlowParquetReader(builder);
    const fault = await reader.read(source, onProgress);
    return withFault(reader.result(), source.size ?? 0, fault);
  }
  const reader = new TEXT_READERS[kind](builder);
  const { bytes, fault } = await readLines(source, reader, onProgress);
  return withFault(reader.result(), bytes, fault);
}

function withFault(
  read: LogRead,
  bytes: number,
  fault: { kind: string; offset: number; message: string } | null,
): LogFileRead {
  if (fault === null) return { ...read, bytes };
  const { kind, offset, message } = fault;
  return { ...read, bytes, warnings: [{ kind, offset, message }, ...read.warnings] };
}
