import { rowsInOrder } from '../analysis/report/rank.ts';
import type { OrderName, Report } from '../analysis/report/report.ts';
import { hostObjects } from './hosts.ts';
import { dnsList, type ExportedList, longList, type OtherRows, rowsOf } from './lists.ts';
import { type Cell, connectionFields, type ExportedField } from './connection-fields.ts';
import { triageObject, triageValues } from './triage-values.ts';
import { leftOutOf } from './left-out.ts';
import { printable } from './printable.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { remarksOf } from '../analysis/report/row-remarks.ts';

/** A row takes kilobytes: more of them at once are let go of late, which takes memory and time. */
const BATCH_ROWS = 128;

/**
 * The report as one JSON object on one line, in batches of text: the captures with their warnings, the time looked at
 * (`range`, milliseconds since 1970, an open end null; only where it is a part), the number of flows,
 * and the listed connections, in `order` or the rows given, under NFStream's and the notebook's names, with the other
 * scores and triage nested under their own; then the hosts with their stories; how many connections are listed only for what
 * goes on inside a session, the public address or network that was taken as internal, the sessions open for long and what
 * clients asked resolvers for, all or the rows given; and where a list has no room for all of its rows, how many it leaves
 * out (`left_out`). A value there is none of is null; connections and hosts have a `remark` (verdict, note, tags) where something was said of any, the other lists their own
 * columns of it.
 */
export function* jsonText(
  report: Report,
  order: OrderName | Uint32Array,
  others: OtherRows = {},
  remarks: Case = NO_CASE,
): Generator<string> {
  const captures = report.captures.map(
    ({ file, format, compression, packets, bytes, comments, warnings, flows, lacks }) => ({
      file,
      format,
      compression,
      packets,
      bytes,
      comments,
      flows,
      lacks,
      warnings: warnings.map(({ kind, offset, message }) => ({ kind, offset, message })),
    }),
  );
  const range = report.range === null ? '' : `"range":${toJson(report.range)},`;
  yield `{"captures":${toJson(captures)},${range}"flows":${report.flows},"connections":[`;
  const rows = typeof order === 'string' ? rowsInOrder(report.connections, order) : order;
  const connectionOf = connections(report, remarks);
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = Array.from(rows.subarray(start, start + BATCH_ROWS), connectionOf);
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
  yield '],"hosts":[';
  yield* hostsJson(report, remarks, others.hosts);
  yield `],"inside_only":${report.insideOnly},"points_only":${report.pointsOnly},`;
  yield `"taken_as_internal":${toJson(report.triage.internalTaken?.text ?? null)},"long":[`;
  yield* listJson(rowsOf(longList(report, remarks), others.long));
  yield '],"dns":[';
  yield* listJson(rowsOf(dnsList(report, remarks), others.dns));
  const leftOut = leftOutOf(report).map(({ list, count }) => [list, count]);
  yield leftOut.length === 0 ? ']}\n' : `],"left_out":${toJson(Object.fromEntries(leftOut))}}\n`;
}

/** Hosts as a JSON array of their own, all or the rows given, in batches of text. */
export function* hostsJsonText(report: Report, remarks: Case, rows?: Uint32Array): Generator<string> {
  yield '[';
  yield* hostsJson(report, remarks, rows);
  yield ']\n';
}

function* hostsJson(report: Report, remarks: Case, rows?: Uint32Array): Generator<string> {
  const hostOf = hostObjects(report, remarks);
  const length = rows?.length ?? report.hosts.length;
  for (let place = 0; place < length; place++)
    yield `${place === 0 ? '' : ','}${toJson(hostOf(rows?.[place] ?? place))}`;
}

/** The rows of a list as objects with a comma between two. */
function* listJson({ columns, length, row }: ExportedList): Generator<string> {
  const heads = headsOf(columns);
  for (let start = 0; start < length; start += BATCH_ROWS) {
    let batch = '';
    for (let index = start; index < Math.min(start + BATCH_ROWS, length); index++) {
      batch += index === 0 ? '{' : ',{';
      const cells = row(index);
      for (let place = 0; place < heads.length; place++) batch += heads[place] + cellJson(cells[place]);
      batch += '}';
    }
    yield batch;
  }
}

/**
 * Gives each connection as JSON. It is put together of its fields' texts: most are numbers, and an object of a hundred
 * of them for every row costs more than writing it.
 */
function connections(report: Report, remarks: Case): (row: number) => string {
  const { own, scores } = connectionFields(report);
  const ownOf = membersOf(own);
  const scoresOf = scores.map(({ name, fields }) => ({ head: `,${toJson(name)}:{`, of: membersOf(fields) }));
  const triageOf = triageValues(report);
  const remarkOf = remarksOf(report, remarks);
  return (row) => {
    let text = `{${ownOf(row)}`;
    for (const { head, of } of scoresOf) text += `${head}${of(row)}}`;
    text += `,"triage":${toJson(triageObject(triageOf(row)))}`;
    return remarks.size === 0 ? `${text}}` : `${text},"remark":${toJson(remarkOf(row))}}`;
  };
}

/** Gives the fields of a row as the members of a JSON object. */
function membersOf(fields: readonly ExportedField[]): (row: number) => string {
  const heads = headsOf(fields.map(({ name }) => name));
  return (row) => {
    let text = '';
    for (let place = 0; place < heads.length; place++) text += heads[place] + cellJson(fields[place].of(row));
    return text;
  };
}

/** What stands before the values of an object's members. */
function headsOf(names: readonly string[]): string[] {
  return names.map((name, place) => `${place === 0 ? '' : ','}${toJson(name)}:`);
}

function cellJson(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : 'null';
  return cell === null ? 'null' : toJson(cell);
}

/** JSON leaves some characters as they are that steer a terminal; escaped they are the same JSON. */
function toJson(value: unknown): string {
  return printable(JSON.stringify(value));
}
