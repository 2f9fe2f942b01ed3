import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiTable, PACKAGE, packageApi } from './api.ts';

const entries = packageApi();

describe("the package's API", () => {
  it.each(entries.map((entry) => [entry.name, entry] as const))('%s is documented where it is declared', (_, entry) => {
    expect(entry.doc.length).toBeGreaterThan(10);
    if (!entry.isFunction) return;
    for (const parameter of entry.parameters) expect(entry.doc).toMatch(new RegExp(`@param ${parameter} \\S`));
    expect(entry.doc).toMatch(/@returns \S/);
  });

  it('is listed in its README as its doc comments say it', () => {
    expect(readFileSync(path.join(PACKAGE, 'README.md'), 'utf8')).toContain(`\n## API\n\n${apiTable(entries)}\n`);
  });
});
