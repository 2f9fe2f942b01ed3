import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FlowColumns } from '../../src/analysis/flows/columns.ts';
import { flowsCsv } from '../../src/export/csv.ts';
import { analyzeFile, capturesIn, expectedRows, rowsOf } from './captures.ts';
import { NAME_DIFFERENCES, NAMES_FOUND_HERE, OTHER_NAME_PROTOCOLS, TRACE_DIFFERENCES } from './name-differences.ts';
import { sharedFolder } from './shared.ts';

const KEY = [
  'src_ip',
  'src_port',
  'dst_ip',
  'dst_port',
  'protocol',
  'vlan_id',
  'tunnel_id',
  'bidirectional_first_seen_ms',
];
const TRACES = ['client_fingerprint', 'server_fingerprint', 'user_agent', 'content_type'];

/** A flow that both have, whatever its number is here. */
interface Pair {
  flow: string;
  want: Record<string, string>;
  got: Record<string, string>;
}

function keyOf(row: Record<string, string>): string {
  return KEY.map((column) => row[column]).join(' ');
}

function pairsOf(flows: FlowColumns, expected: Record<string, string>[], capture: string): Pair[] {
  const got = new Map(rowsOf([...flowsCsv(flows)].join('')).map((row) => [keyOf(row), row]));
  return expected.flatMap((want) => {
    const row = got.get(keyOf(want));
    return row === undefined ? [] : [{ flow: `${capture} ${want.id}`, want, got: row }];
  });
}

const captures = sharedFolder('captures');

describe.skipIf(captures === null)('what NFStream found in the packets of the reference captures', () => {
  const pairs: Pair[] = [];

  beforeAll(async () => {
    for (const folder of ['flows', 'c2']) {
      const place = path.join(captures ?? '', folder);
      for (const file of capturesIn(place)) {
        const { flows } = await analyzeFile(path.join(place, file));
        pairs.push(...pairsOf(flows, expectedRows(path.join(place, file), 'flows'), file));
      }
    }
  }, 60_000);

  /** Share of the flows with a value in NFStream's column that have the same here, and the others. */
  function compare(column: string, from: readonly Pair[]): { share: number; different: string[] } {
    const named = from.filter(({ want }) => want[column] !== '');
    const different = named.filter(({ want, got }) => !isSame(column, want[column], got[column]));
    return { share: 1 - different.length / named.length, different: different.map(({ flow }) => flow) };
  }

  it('requested_server_name: the same but for what is listed with its reason', () => {
    const { share, different } = compare(
      'requested_server_name',
      pairs.filter(({ want }) => !OTHER_NAME_PROTOCOLS.has(want.application_name)),
    );
    expect(different.toSorted()).toEqual(Object.keys(NAME_DIFFERENCES).toSorted());
    expect(share).toBeGreaterThan(0.99);
  });

  it('requested_server_name: where NFStream has none, what the packets say is listed', () => {
    const found = pairs.filter(
      ({ want, got }) => want.requested_server_name === '' && got.requested_server_name !== '',
    );
    expect(found.map(({ flow }) => flow).toSorted()).toEqual(Object.keys(NAMES_FOUND_HERE).toSorted());
  });

  it.each(TRACES)('%s: the same but for what is listed with its reason', (column) => {
    const { share, different } = compare(column, pairs);
    const listed = Object.keys(TRACE_DIFFERENCES).filter((key) => key.startsWith(column));
    expect(different.map((flow) => `${column} ${flow}`).toSorted()).toEqual(listed.toSorted());
    expect(share).toBeGreaterThan(0.97);
  });
});

/**
 * NFStream writes the digits of HASSH in capitals, and those of JA3 not; a spreadsheet's apostrophe is no part of a
 * value.
 */
function isSame(column: string, want: string, got: string): boolean {
  const value = got.replace(/^'(?=[=+\-@])/, '');
  return column.endsWith('fingerprint') ? want.toLowerCase() === value : want === value;
}
