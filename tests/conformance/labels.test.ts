import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelTable } from './labels.ts';
import { sharedFolder } from './shared.ts';

const captures = sharedFolder('captures');

describe.skipIf(captures === null)('labelled connections (../shared/captures/c2)', () => {
  it('are found by the scores and at the ranks that tests/README.md says', async () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');
    const table = readme
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .join('\n');
    expect(table).toBe(await labelTable(path.join(captures ?? '', 'c2')));
  });
});
