import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NotebookColumn } from '../../src/analysis/scores/notebook.ts';
import {
  createNotebookColumns,
  NOTEBOOK_COLUMNS,
  notebookSeconds,
  scoreNotebook,
} from '../../src/analysis/scores/notebook.ts';
import { sharedFolder } from './shared.ts';

interface Vector {
  id: string;
  first_seen_ms: number[];
  src2dst_bytes: number[];
  delta_time_s: number[];
  expected: Record<NotebookColumn | 'ConnectionCount', number>;
}

const folder = sharedFolder('vectors');

function readVectors(): Vector[] {
  if (folder === null) return [];
  const text = readFileSync(path.join(folder, 'notebook_vectors.json'), 'utf8');
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
}

describe.skipIf(folder === null)("the notebook's own numbers (../shared/vectors)", () => {
  const vectors = readVectors();

  it('are there', () => {
    expect(vectors.length).toBeGreaterThan(100);
  });

  it.each(vectors)('$id', (vector) => {
    const starts = Float64Array.from(vector.first_seen_ms).sort();
    const deltas = Array.from(starts.subarray(1), (start, index) => notebookSeconds(starts[index], start));
    expect(deltas).toEqual(vector.delta_time_s);
    const columns = createNotebookColumns(1);
    scoreNotebook(starts, Float64Array.from(vector.src2dst_bytes), columns, 0, new Float64Array(starts.length));
    expect(starts).toHaveLength(vector.expected.ConnectionCount);
    for (const column of NOTEBOOK_COLUMNS) {
      const difference = Math.abs(columns[column][0] - vector.expected[column]);
      expect(difference, `${column}: ${columns[column][0]} for ${vector.expected[column]}`).toBeLessThanOrEqual(1e-12);
    }
  });
});
