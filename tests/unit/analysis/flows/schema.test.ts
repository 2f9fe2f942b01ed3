import { describe, expect, it } from 'vitest';
import { emptyColumns, FLOW_COLUMNS, FLOW_FIELDS } from '../../../../src/analysis/flows/columns.ts';
import { PACKET_TEXTS, TRACE_KINDS } from '../../../../src/analysis/flows/name-sources.ts';
import { FLOW_SCHEMA, type FlowField } from '../../../../src/analysis/flows/schema.ts';

const textsIn = (column: (typeof FLOW_COLUMNS)[number]): FlowField['texts'] => (FLOW_SCHEMA[column] as FlowField).texts;

describe('FLOW_SCHEMA', () => {
  it('names every field once, and says what each is', () => {
    const names = FLOW_FIELDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { title, meaning } of Object.values(FLOW_SCHEMA)) expect([title, meaning]).not.toContain('');
  });

  it('begins with the columns of NFStream in its order', () => {
    expect(FLOW_FIELDS.slice(0, 18).map(({ name }) => name)).toEqual([
      'id',
      'expiration_id',
      'src_ip',
      'src_port',
      'dst_ip',
      'dst_port',
      'protocol',
      'ip_version',
      'vlan_id',
      'tunnel_id',
      'bidirectional_first_seen_ms',
      'bidirectional_last_seen_ms',
      'src2dst_packets',
      'src2dst_bytes',
      'dst2src_packets',
      'dst2src_bytes',
      'application_name',
      'requested_server_name',
    ]);
  });

  it('has what packets and logs say under the names that those use', () => {
    const texts = FLOW_COLUMNS.filter((column) => textsIn(column) === 'texts');
    expect([...TRACE_KINDS, 'certificate'].toSorted()).toEqual(texts.toSorted());
    const inspected = texts.filter((column) => 'isInspected' in FLOW_SCHEMA[column]);
    expect(PACKET_TEXTS.toSorted()).toEqual(inspected.toSorted());
  });

  it('makes columns for as many flows as are asked for', () => {
    const columns = emptyColumns(3);
    for (const column of FLOW_COLUMNS) expect(columns[column]).toHaveLength(3);
  });
});
