import { bufferSource } from 'pcap-ts-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { EngineError } from '../../../src/fleet/engine/engine.ts';
import { recordsOf } from '../../../src/fleet/engine/native-read.ts';
import type { Target } from '../../../src/fleet/engine/open.ts';
import { ServerEngine } from '../../../src/fleet/engine/server.ts';
import { hunt } from '../../../src/fleet/hunt/hunt.ts';
import { HERE } from '../../../src/fleet/hunt/pool.ts';
import { load, prepare } from '../../../src/fleet/load/load.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { sampleCapture } from '../../builders/sample.ts';
import { testEngine } from './engine.ts';
import { httpInterface, PASSWORD, USER } from './http-interface.ts';

const opened = await testEngine();
const http = opened === null ? null : await httpInterface(opened.engine);
afterAll(async () => {
  await http?.close();
  await opened?.end();
});

function server(password: string, said: string[] = []): ServerEngine {
  return new ServerEngine({ url: http!.url, user: USER, password }, (line) => said.push(line), [0, 0, 0, 0]);
}

describe.skipIf(opened === null)('a server over HTTP', () => {
  it('loads and hunts though every fourth connection is lost, with nothing lost and nothing twice', async () => {
    const said: string[] = [];
    const engine = server(PASSWORD, said);
    const target: Target = { engine, database: 'http', cluster: null };
    http!.cutEvery = 4;
    await prepare(target, null);
    const source = bufferSource(sampleCapture(), 'sample.pcap');
    const { flows } = await load(target, [source], DEFAULT_SETTINGS, () => {});
    const question = { list: DEFAULT_SETTINGS, fromMs: null, toMs: null, filters: [], sinceLast: false };
    const { report, findings } = await hunt(target, question, {
      scorers: HERE,
      say: () => {},
      sizes: { partFlows: 300 },
    });
    http!.cutEvery = 0;
    const analysis = await analyze([source], DEFAULT_SETTINGS);
    expect(flows).toBe(analysis.flows.length);
    expect(report.flows).toBe(flows);
    const countOf = async (what: string): Promise<unknown> =>
      recordsOf(await engine.read(`SELECT ${what}`))[0]['count'];
    expect(await countOf('count() AS count FROM http.flows')).toBe(flows);
    expect(await countOf('count() AS count FROM http.findings')).toBe(findings);
    const inside = "count() - uniqExact(value) AS count FROM http.prevalence WHERE kind = 'inside'";
    expect(await countOf(inside)).toBe(0);
    expect(said.join('\n')).toContain('trying again');
    await engine.close();
  });

  it('says what a server refuses, and never the password', async () => {
    const engine = server('another secret');
    const refused = await engine.read('SELECT 1 AS one').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EngineError);
    expect((refused as EngineError).code).toBe(516);
    expect(String(refused)).not.toContain('secret');
    await engine.close();
  });

  it('gives up on a server that does not answer, and names it', async () => {
    const said: string[] = [];
    const engine = new ServerEngine(
      { url: 'http://127.0.0.1:9', user: USER, password: PASSWORD },
      (line) => said.push(line),
      [0],
    );
    await expect(engine.read('SELECT 1')).rejects.toThrow('http://127.0.0.1:9 does not answer');
    expect(said.length).toBe(1);
    expect(said[0]).not.toContain(PASSWORD);
    await engine.close();
  });
});
