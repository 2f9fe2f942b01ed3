import { BADGES } from '../../analysis/triage/badge.ts';
import { rowFactsOf } from '../../analysis/report/row-facts.ts';
import { isCarried } from '../../analysis/flows/name-sources.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Report } from '../../analysis/report/report.ts';
import type { Target } from '../engine/open.ts';
import { nativeBlock, numberColumn, textColumn } from '../engine/native-write.ts';
import { quoted } from '../schema/names.ts';
import { tableName } from '../schema/tables.ts';

/** A connection without a badge is written down from this many points on. */
const LEAST_POINTS = 2;

/** Rows of a report that are findings: those with a badge or with points, unless the analyst set them aside. */
export function findingRows({ connections: { length, triage } }: Report): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row).filter((row) => {
    const stands = BADGES[triage.badge[row]] !== 'rest' || triage.total[row] >= LEAST_POINTS;
    return stands && triage.setAside[row] === 0;
  });
}

/**
 * Writes the findings of one part of a hunt down; written again they are there once. Resolves with how many there are.
 */
export async function writeFindings(
  { engine, database }: Target,
  hunt: number,
  part: number,
  report: Report,
): Promise<number> {
  const rows = findingRows(report);
  if (rows.length === 0) return 0;
  const { connections: table } = report;
  const { triage, joined } = table;
  const facts = rowFactsOf(report);
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const own = (texts: readonly string[], name: string) =>
    textColumn(
      name,
      texts.map((_, place) => place),
      texts,
    );
  const of = <Value>(value: (row: number) => Value): Value[] => Array.from(rows, value);
  const columns = [
    own(
      of((row) => addresses[table.source[row]]),
      'src_ip',
    ),
    own(
      of((row) => addresses[table.destination[row]]),
      'dst_ip',
    ),
    numberColumn(
      'dst_port',
      'UInt16',
      of((row) => table.destinationPort[row]),
    ),
    own(
      of((row) => (isCarried(table.nameSource[row]) ? names[table.name[row]] : '')),
      'name',
    ),
    numberColumn(
      'hunt',
      'UInt64',
      of(() => hunt),
    ),
    numberColumn(
      'points',
      'Int8',
      of((row) => triage.total[row]),
    ),
    own(
      of((row) => BADGES[triage.badge[row]]),
      'badge',
    ),
    own(
      of((row) => reasonsOf(facts.lines(row))),
      'reasons',
    ),
    ...(['score', 'strength', 'intervalS', 'jitter'] as const).map((column) =>
      numberColumn(
        column === 'intervalS' ? 'interval_s' : column,
        'Float64',
        of((row) => joined[column][row]),
      ),
    ),
    ...Object.entries({
      flows: table.flows,
      bytes_sent: table.bytesSent,
      bytes_received: table.bytesReceived,
      first_seen_ms: table.firstSeenMs,
      last_seen_ms: table.lastSeenMs,
    }).map(([name, column]) =>
      numberColumn(
        name,
        'UInt64',
        of((row) => column[row]),
      ),
    ),
  ];
  await engine.insert(
    tableName(database, 'findings'),
    columns.map(({ name }) => quoted(name)),
    nativeBlock(rows.length, columns),
    `findings-${hunt}-${part}`,
  );
  return rows.length;
}

/** "+3 steady rhythm, +2 TLS on port 8043". */
export function reasonsOf(lines: readonly { points: number; phrase: string }[]): string {
  return lines.map(({ points, phrase }) => `${points > 0 ? '+' : ''}${points} ${phrase}`).join(', ');
}
