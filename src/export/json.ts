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

const BATCH_ROWS = 1024;

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
    const batch = Array.from(rows.subarray(start, start + BATCH_ROWS), (row) => toJson(connectionOf(row)));
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
  for (let start = 0; start < length; start += BATCH_ROWS) {
    const batch = Array.from({ length: Math.min(BATCH_ROWS, length - start) }, (_, index) => {
      const values = row(start + index);
      return toJson(Object.fromEntries(columns.map((column, place) => [column, values[place]])));
    });
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
}

function connections(report: Report, remarks: Case): (row: number) => Record<string, unknown> {
  const { own, scores } = connectionFields(report);
  const triageOf = triageValues(report);
  const remarkOf = remarksOf(report, remarks);
  return (row) => ({
    ...objectOf(own, row),
    ...Object.fromEntries(scores.map(({ name, fields }) => [name, objectOf(fields, row)])),
    triage: triageObject(triageOf(row)),
    ...(remarks.size === 0 ? {} : { remark: remarkOf(row) }),
  });
}

function objectOf(fields: readonly ExportedField[], row: number): Record<string, Cell> {
  return Object.fromEntries(fields.map(({ name, of }) => [name, of(row)]));
}

/** JSON leaves some characters as they are that steer a terminal; escaped they are the same JSON. */
function toJson(value: unknown): string {
  return printable(JSON.stringify(value));
}
