import { describe, expect, it } from 'vitest';
import { emptyColumns } from '../../../src/analysis/flows/columns.ts';
import { DERIVED_COLUMNS, NUMBER_FIELDS, TEXT_FIELDS } from '../../../src/fleet/schema/flow-columns.ts';
import { flowColumnTypes } from '../../../src/fleet/schema/tables.ts';
import { BLOCK_COLUMNS } from '../../../src/fleet/load/block.ts';

describe('the table of flows', () => {
  it('keeps every column that flows have, or says why it does not', () => {
    const columns = Object.entries(emptyColumns(1)).flatMap(([name, value]) =>
      ArrayBuffer.isView(value) ? [name] : [],
    );
    const kept = [...NUMBER_FIELDS, ...TEXT_FIELDS].map(({ column }): string => column);
    expect([...kept, ...DERIVED_COLUMNS].sort()).toEqual(columns.sort());
  });

  it('is made of what a block brings', () => {
    expect([...BLOCK_COLUMNS].sort()).toEqual(
      flowColumnTypes()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
