import { describe, expect, it } from 'vitest';
import { FLOW_COLUMNS } from '../../../src/analysis/flows/columns.ts';
import { FLOW_SCHEMA } from '../../../src/analysis/flows/schema.ts';
import { flowColumnTypes } from '../../../src/fleet/schema/tables.ts';
import { BLOCK_COLUMNS } from '../../../src/fleet/load/block.ts';

describe('the table of flows', () => {
  it('keeps what a row of flows has under its own name', () => {
    const names = flowColumnTypes().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const told = new Set(names);
    const written = FLOW_COLUMNS.map((column): string => FLOW_SCHEMA[column].name).filter((name) => name !== '');
    expect(written.filter((name) => !told.has(name))).toEqual(['first_piece_id', 'request']);
  });

  it('is made of what a block brings', () => {
    expect([...BLOCK_COLUMNS].sort()).toEqual(
      flowColumnTypes()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
