import { noHosts } from '../../analysis/hosts/table.ts';
import type { DistinctTexts } from '../../analysis/memory/distinct-texts.ts';
import { PoolBuilder, poolOf, type TextPool, textsOf } from '../../analysis/memory/text-pool.ts';
import type { ConnectionTable, Report } from '../../analysis/report/report.ts';
import { everyText } from './every-text.ts';

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int8Array | Float64Array;

/** Columns that have columns in them, down to arrays of numbers. */
interface Columns {
  [name: string]: Numbers | Columns | number;
}

/**
 * Puts the reports of a hunt's parts into one, in the order of the parts. Counts of the whole are the caller's to set;
 * of the rest the first part speaks for all.
 *
 * @param reports at least one
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first] = reports;
  const addresses = everyText();
  const names = everyText('');
  const watched = everyText('');
  let row = 0;
  let group = 0;
  const tables = reports.map((report) => {
    const { connections } = report;
    const ends = numbersOf(report.addresses, addresses);
    const table: ConnectionTable = {
      ...connections,
      group: connections.group.map((number) => number + group),
      source: renumbered(connections.source, ends),
      destination: renumbered(connections.destination, ends),
      through: connections.through.map((proxy) => (proxy === 0 ? 0 : ends[proxy - 1] + 1)),
      name: renumbered(connections.name, numbersOf(report.names, names)),
      triage: {
        ...connections.triage,
        head: connections.triage.head.map((head) => head + row),
        watched: renumbered(connections.triage.watched, numbersOf(report.triage.watched, watched)),
      },
    };
    row += connections.length;
    group += report.groups;
    return table;
  });
  const sum = (count: (report: Report) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    ...first,
    hosts: noHosts(),
    traces: null,
    addresses: poolOf(addresses.texts),
    names: poolOf(names.texts),
    connections: joined(tables as unknown as Columns[]) as unknown as ConnectionTable,
    insideOnly: sum(({ insideOnly }) => insideOnly),
    pointsOnly: sum(({ pointsOnly }) => pointsOnly),
    pointsLeftOut: sum(({ pointsLeftOut }) => pointsLeftOut),
    triage: {
      ...first.triage,
      setAside: sum(({ triage }) => triage.setAside),
      folded: sum(({ triage }) => triage.folded),
      watchHits: sum(({ triage }) => triage.watchHits),
      watched: poolOf(watched.texts),
    },
  };
}

/** Some rows of a report, given ascending, with the texts of those alone; a row without its head stands for itself. */
export function pickedRows(report: Report, rows: Uint32Array): Report {
  const { connections } = report;
  if (rows.length === connections.length) return report;
  const places = new Map(Array.from(rows, (row, place) => [row, place]));
  const table = picked(connections as unknown as Columns, rows, connections.length) as unknown as ConnectionTable;
  table.length = rows.length;
  table.triage.head = table.triage.head.map((head, place) => places.get(head) ?? place);
  const addresses = PoolBuilder.of(textsOf(report.addresses));
  const names = PoolBuilder.of(textsOf(report.names));
  names.indexOf(0);
  for (const column of ['source', 'destination'] as const)
    table[column] = table[column].map((address) => addresses.indexOf(address));
  table.through = table.through.map((proxy) => (proxy === 0 ? 0 : addresses.indexOf(proxy - 1) + 1));
  table.name = table.name.map((name) => names.indexOf(name));
  return { ...report, connections: table, addresses: addresses.pool(), names: names.pool(), traces: null };
}

/** The common number of each of a part's texts. */
function numbersOf(pool: TextPool, common: DistinctTexts): Uint32Array {
  return Uint32Array.from(textsOf(pool), (text) => common.numberOf(text));
}

function renumbered(column: Uint32Array, numbers: Uint32Array): Uint32Array {
  return column.map((number) => numbers[number]);
}

/** Columns of the same names, one table after another; `length` is the sum of all. */
function joined(tables: readonly Columns[]): Columns {
  const columns: Columns = {};
  for (const [name, column] of Object.entries(tables[0])) {
    const all = tables.map((table) => table[name]);
    if (typeof column === 'number') columns[name] = (all as number[]).reduce((sum, value) => sum + value, 0);
    else if (ArrayBuffer.isView(column)) columns[name] = concatenated(all as Numbers[]);
    else columns[name] = joined(all as Columns[]);
  }
  return columns;
}

function concatenated(columns: readonly Numbers[]): Numbers {
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  const Made = columns[0].constructor as new (length: number) => Numbers;
  const target = new Made(length);
  let at = 0;
  for (const column of columns) {
    target.set(column, at);
    at += column.length;
  }
  return target;
}

/** Some rows of columns, which may have several values a row. */
function picked(columns: Columns, rows: Uint32Array, length: number): Columns {
  const taken: Columns = {};
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'number') taken[name] = column;
    else if (!ArrayBuffer.isView(column)) taken[name] = picked(column, rows, length);
    else {
      const width = column.length / length;
      const values = column.slice(0, rows.length * width);
      rows.forEach((row, place) => values.set(column.subarray(row * width, (row + 1) * width), place * width));
      taken[name] = values;
    }
  }
  return taken;
}
