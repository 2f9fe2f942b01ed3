import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import type { FlowColumns } from '../../src/analysis/flows/columns.ts';
import type { CaptureSummary } from '../../src/analysis/capture.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import type { Report } from '../../src/analysis/report/report.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { NOTEBOOK_COLUMNS } from '../../src/analysis/scores/notebook.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { carve, type ConnectionEnds } from '../../src/export/carve.ts';
import { flowsCsv } from '../../src/export/csv.ts';
import { flowsParquet } from '../../src/export/parquet.ts';
import { analyzeFile, capturesIn, expectedRows } from './captures.ts';
import { sharedFolder } from './shared.ts';

const EVERY = { ...DEFAULT_SETTINGS, minFlows: 1, notebookMinFlows: 1 };
/** All connections, which those with messages inside a session, that no flow tells of, are among in any case. */
const ALL = { ...EVERY, minFlows: 0 };
const TOLERANCE = 1e-9;

function analyzeBytes(bytes: Uint8Array): Promise<Analysis> {
  return analyze([bufferSource(bytes, 'exported')], DEFAULT_SETTINGS);
}

/**
 * What the connections of a report are by their flows, as values that compare: addresses and names as text, columns as
 * lists. Left out is what messages inside sessions have a part in: flows do not tell of them.
 */
function comparable({ connections, addresses, names }: Report) {
  const {
    source,
    destination,
    name,
    inner: _,
    joined: __,
    pieces: ___,
    piecedSessions: ____,
    triage,
    ...columns
  } = connections;
  const { total: _____, lines: ______, badge: _______, siblings: ________, head: _________, ...facts } = triage;
  const addressTexts = textsOf(addresses);
  const nameTexts = textsOf(names);
  return {
    source: Array.from(source, (index) => addressTexts[index]),
    destination: Array.from(destination, (index) => addressTexts[index]),
    // NFStream's column has the end of a longer name.
    name: Array.from(name, (index) => nameTexts[index].slice(-79)),
    ...listsOf({ ...columns, facts }),
  };
}

function listsOf(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (ArrayBuffer.isView(part)) return [key, [...(part as Float64Array)]];
      return [key, typeof part === 'object' && part !== null ? listsOf(part) : part];
    }),
  );
}

/** The kinds of warnings: a table without a row says that it has none. */
function kindsOf({ warnings }: CaptureSummary): string[] {
  return warnings.map(({ kind }) => kind);
}

const captures = sharedFolder('captures');

for (const name of ['flows', 'c2']) {
  const folder = captures === null ? '' : path.join(captures, name);
  const files = captures === null ? [] : capturesIn(folder);

  describe.skipIf(captures === null)(`flows written and read again (../shared/captures/${name})`, () => {
    it.each(files)('%s: the same connections and scores by CSV and by Parquet', async (file) => {
      const direct = await analyzeFile(path.join(folder, file));
      const expected = comparable(direct.report(ALL));
      for (const bytes of [
        Buffer.from([...flowsCsv(direct.flows)].join('')),
        Buffer.concat([...flowsParquet(direct.flows)]),
      ]) {
        const again = await analyzeBytes(bytes);
        expect(kindsOf(again.captures[0])).toEqual(direct.flows.length === 0 ? ['no-rows'] : []);
        expect(comparable(again.report(ALL))).toEqual(expected);
      }
    });
  });

  describe.skipIf(captures === null)(`packets cut out (../shared/captures/${name})`, () => {
    it.each(files)('%s: those of the connection with the most flows', async (file) => {
      const bytes = readFileSync(path.join(folder, file));
      const { flows } = await analyzeBytes(bytes);
      const ends = largestConnection(flows);
      if (ends === null) return;
      const pieces: Uint8Array[] = [];
      const { packets } = await carve([bufferSource(bytes, file)], [ends], DEFAULT_SETTINGS, (piece) =>
        pieces.push(piece),
      );
      const again = await analyzeBytes(Buffer.concat(pieces));
      // Packets without a length of their own, and fragments without ports, are the connection's, but not counted to its
      // flows, as in NFStream.
      const uncounted = again.captures[0].warnings
        .filter(({ kind }) => kind === 'offloaded' || kind === 'ip-fragments')
        .reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0);
      expect(packets).toBe(ends.packets + uncounted);
      expect(again.captures[0]).toMatchObject({ format: 'pcapng', packets });
      expect(totals(again.flows)).toEqual([ends.packets, ends.bytes]);
    });
  });

  describe.skipIf(captures === null)(`NFStream's own tables (../shared/captures/${name})`, () => {
    it.each(files)("%s: the notebook's frame", async (file) => {
      const {
        captures: [read],
        ...analysis
      } = await readTable(path.join(folder, file));
      const { connections, flows } = analysis.report;
      expect(kindsOf(read)).toEqual(flows === 0 ? ['no-rows'] : []);
      const expected = expectedRows(path.join(folder, file), 'scores');
      // Connections of one flow are listed for what they say; the notebook scores none of them.
      const rows = Array.from({ length: connections.length }, (_, row) => row).filter(
        (row) => connections.flows[row] > 1,
      );
      expect(rows.length).toBe(expected.length);
      expected.forEach((row, place) => {
        const index = rows[place];
        expect(connections.flows[index]).toBe(Number(row['ConnectionCount']));
        for (const column of NOTEBOOK_COLUMNS) {
          expect(Math.abs(connections.notebook[column][index] - Number(row[column])), column).toBeLessThanOrEqual(
            TOLERANCE,
          );
        }
      });
    });
  });
}

function totals(
  flows: FlowColumns,
  members = Array.from({ length: flows.length }, (_, flow) => flow),
): [number, number] {
  return [
    members.reduce((sum, flow) => sum + flows.packetsSent[flow] + flows.packetsReceived[flow], 0),
    members.reduce((sum, flow) => sum + flows.bytesSent[flow] + flows.bytesReceived[flow], 0),
  ];
}

function largestConnection(flows: FlowColumns): (ConnectionEnds & { packets: number; bytes: number }) | null {
  const connections = new Map<string, number[]>();
  for (let flow = 0; flow < flows.length; flow++) {
    const key = `${flows.source[flow]} ${flows.destination[flow]} ${flows.destinationPort[flow]}`;
    connections.set(key, [...(connections.get(key) ?? []), flow]);
  }
  const largest = [...connections.values()].reduce<number[]>(
    (best, members) => (members.length > best.length ? members : best),
    [],
  );
  if (largest.length === 0) return null;
  const [first] = largest;
  const [packets, bytes] = totals(flows, largest);
  const { addresses, source, destination, destinationPort } = flows;
  return {
    source: addresses.text(source[first]),
    destination: addresses.text(destination[first]),
    port: destinationPort[first],
    packets,
    bytes,
  };
}

async function readTable(capture: string): Promise<Pick<Analysis, 'captures'> & { report: Report }> {
  const analysis = await analyzeBytes(readFileSync(capture.replace(/\.(pcap|pcapng|cap)$/, '.flows.csv')));
  return { captures: analysis.captures, report: analysis.report(EVERY) };
}
