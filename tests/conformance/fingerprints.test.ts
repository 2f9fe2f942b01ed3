import { beforeAll, describe, expect, it } from 'vitest';
import { type Compared, comparedFlows } from './compared.ts';
import { COLUMNS, type Column, FINGERPRINT_DIFFERENCES } from './fingerprint-differences.ts';
import { sharedFolder } from './shared.ts';

const captures = sharedFolder('captures');
const SHARE = 0.97;

function textOf({ flows, id }: Compared, column: Column): string {
  const numbers = {
    client_fingerprint: flows.clientFingerprint,
    server_fingerprint: flows.serverFingerprint,
    user_agent: flows.userAgent,
    content_type: flows.contentType,
  };
  return flows.texts[numbers[column][id]];
}

/** NFStream writes HASSH in capitals; those who publish them do not. */
function wanted({ row }: Compared, column: Column): string {
  return column.endsWith('fingerprint') ? row[column].toLowerCase() : row[column];
}

describe.skipIf(captures === null)('what NFStream fingerprints (../shared/captures)', () => {
  let all: Compared[] = [];

  beforeAll(async () => {
    all = await comparedFlows(captures ?? '');
  }, 60_000);

  it.each(COLUMNS)('%s: the same on all but listed flows', (column) => {
    const different = all.filter((flow) => wanted(flow, column) !== textOf(flow, column));
    expect(different.map(({ label }) => label).sort()).toEqual(Object.keys(FINGERPRINT_DIFFERENCES[column]).sort());
    const missed = different.filter((flow) => wanted(flow, column) !== '');
    const had = all.filter((flow) => wanted(flow, column) !== '');
    expect(had.length).toBeGreaterThan(30);
    expect(1 - missed.length / had.length).toBeGreaterThanOrEqual(SHARE);
  });
});
