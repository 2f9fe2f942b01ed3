import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import type { Bound, Engine } from '../../../../src/fleet/engine/engine.ts';
import { HuntHosts } from '../../../../src/fleet/hunt/hosts.ts';
import { unpackPart } from '../../../../src/fleet/hunt/pack.ts';
import { readFlows } from '../../../../src/fleet/hunt/part-flows.ts';
import { EVERY_GROUP, planOf } from '../../../../src/fleet/hunt/plan.ts';
import { packed } from '../../../../src/saved/pack.ts';
import { bufferSource } from 'pcap-ts-parser';
import { sampleCapture } from '../../../builders/sample.ts';

const README = readFileSync(path.resolve(import.meta.dirname, '../../../../src/fleet/README.md'), 'utf8');

/** An engine that holds nothing, and what it was asked. */
function listening() {
  const asked: { query: string; most: unknown }[] = [];
  const read = async (query: string, bound: Bound = {}): Promise<Uint8Array> => {
    asked.push({ query, most: bound['most'] });
    return new Uint8Array(0);
  };
  return { target: { engine: { read } as Engine, database: 'd', cluster: null }, asked };
}

it('of a connection as many flows are counted and read as the README says', async () => {
  const { target, asked } = listening();
  await planOf(target, EVERY_GROUP, EVERY_GROUP, 'src,dst,port');
  await readFlows(target, EVERY_GROUP, EVERY_GROUP, 'src,dst,port');
  expect(asked[0].query).toContain('sumIf(least(n, {most:UInt64}), kept)');
  expect(asked[1].query).toMatch(/LIMIT \{most:UInt64\} BY src_ip, dst_ip, dst_port$/);
  const [said] = /(?<=Of a connection with more than )[\d,]+/.exec(README) ?? [];
  expect(asked.map(({ most }) => Number(most).toLocaleString('en'))).toEqual([said, said]);
});

it('of hosts those of most flows are asked for, up to a limit', async () => {
  const { target, asked } = listening();
  const analysis = await analyze([bufferSource(sampleCapture(), 'sample.pcap')], DEFAULT_SETTINGS);
  await new HuntHosts().table(target, 1, EVERY_GROUP, analysis.report(DEFAULT_SETTINGS), new Map());
  expect(asked).toHaveLength(1);
  expect(asked[0].query).toMatch(/ORDER BY flows DESC, began, address LIMIT \{most:UInt64\}$/);
  expect(asked[0].most).toBe(200_000);
});

it('a part that unpacks to more than it may is refused', async () => {
  const text = deflateRawSync(Buffer.concat([...packed({ column: new Uint8Array(10_000) })])).toString('base64');
  expect(text.length).toBeLessThan(400);
  expect(await unpackPart(text)).toEqual({ column: new Uint8Array(10_000) });
  await expect(unpackPart(text, 9999)).rejects.toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
});
