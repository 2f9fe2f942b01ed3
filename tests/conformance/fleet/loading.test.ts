import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { type Engine, EngineError } from '../../../src/fleet/engine/engine.ts';
import { recordsOf } from '../../../src/fleet/engine/native-read.ts';
import type { Target } from '../../../src/fleet/engine/open.ts';
import { hunt, type Hunted } from '../../../src/fleet/hunt/hunt.ts';
import { HERE } from '../../../src/fleet/hunt/pool.ts';
import type { Question } from '../../../src/fleet/hunt/question.ts';
import { load, prepare } from '../../../src/fleet/load/load.ts';
import { historyOf, giveVerdict, latestVerdicts, verdictsOf } from '../../../src/fleet/open/verdicts.ts';
import { testEngine } from './engine.ts';

const opened = await testEngine();
afterAll(() => opened?.end());

const QUESTION: Question = { list: DEFAULT_SETTINGS, fromMs: null, toMs: null, filters: [], sinceLast: false };
const HOSTS = 12;
const CHECK_INS = 20;

/** A log of what was open at the end of an hour: each hour has the same two connections, longer by then. */
function openLog(hours: number): ByteSource {
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_ip_bytes resp_ip_bytes';
  const rows = [40_001, 40_002].map((port) =>
    ['1700000000.5', `C${port}`, '10.0.0.1', port, '203.0.113.1', 22, 'tcp', 3600 * hours, 500 * hours, 900].join('\t'),
  );
  const header = ['#separator \\x09', '#path\topen_conn', `#fields\t${fields.replaceAll(' ', '\t')}`];
  return bufferSource(Buffer.from(`${[...header, ...rows].join('\n')}\n`), `open_conn.${hours}.log`);
}

/** Zeek's conn.log of hosts that check in once a minute from a moment on, and of one that all of them visit. */
function connLog(name: string, startS: number, hosts = HOSTS): ByteSource {
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_ip_bytes resp_ip_bytes orig_pkts';
  const header = ['#separator \\x09', '#path\tconn', `#fields\t${fields.replaceAll(' ', '\t')}\tresp_pkts`];
  const rows: string[] = [];
  for (let host = 0; host < hosts; host++) {
    for (let visit = 0; visit < CHECK_INS; visit++) {
      const at = startS + 60 * visit + host;
      const to = visit % 2 === 0 ? `203.0.113.${host + 1}` : '198.51.100.80';
      rows.push(
        [
          `${at}.000000`,
          `C${host}x${visit}`,
          `10.0.0.${host + 1}`,
          40_000 + visit,
          to,
          8443,
          'tcp',
          1,
          500,
          900,
          5,
          5,
        ].join('\t'),
      );
    }
  }
  return bufferSource(Buffer.from(`${[...header, ...rows].join('\n')}\n`), name);
}

async function target(database: string): Promise<Target> {
  const made: Target = { engine: opened!.engine, database, cluster: null };
  await prepare(made, null);
  return made;
}

function loaded(into: Target, sources: readonly ByteSource[]) {
  return load(into, sources, DEFAULT_SETTINGS, () => {});
}

function hunted(of: Target, question: Partial<Question> = {}, say: (line: string) => void = () => {}): Promise<Hunted> {
  return hunt(of, { ...QUESTION, ...question }, { scorers: HERE, say, sizes: { partFlows: 50 } });
}

async function flowsIn({ engine, database }: Target): Promise<number> {
  const [{ flows }] = recordsOf(await engine.read(`SELECT count() AS flows FROM \`${database}\`.flows`));
  return Number(flows);
}

/** The engine, failing at one of its requests as a process does that is ended there. */
function failingAt(engine: Engine, request: number): Engine {
  let requests = 0;
  const step = (): void => {
    if (++requests === request) throw new EngineError('ended here');
  };
  return {
    place: engine.place,
    isAlone: engine.isAlone,
    run: async (...given) => {
      step();
      await engine.run(...given);
    },
    read: async (...given) => {
      step();
      return engine.read(...given);
    },
    insert: async (...given) => {
      step();
      await engine.insert(...given);
    },
    close: () => engine.close(),
  };
}

describe.skipIf(opened === null)('loading', () => {
  it('changes nothing when a file comes again, under whatever name', async () => {
    const into = await target('twice');
    expect(await loaded(into, [connLog('conn.log', 1e9)])).toMatchObject({ flows: 240, loaded: 1, known: 0 });
    expect(await loaded(into, [connLog('copy.log', 1e9)])).toMatchObject({ flows: 0, loaded: 0, known: 1 });
    expect(await flowsIn(into)).toBe(240);
  });

  it('finishes what was ended at any request, with nothing lost and nothing twice', async () => {
    const into = await target('ended');
    const log = connLog('conn.log', 1.1e9);
    for (let request = 1; ; request++) {
      const failing = { ...into, engine: failingAt(into.engine, request) };
      const ended = await load(failing, [log], DEFAULT_SETTINGS, () => {}).catch((error: unknown) => error);
      if (!(ended instanceof EngineError)) break;
      const said: string[] = [];
      const { report } = await hunt(into, QUESTION, { scorers: HERE, say: (line) => said.push(line) });
      if ((await flowsIn(into)) === 0) continue;
      const warnings = report.captures.flatMap((capture) => capture.warnings.map(({ message }) => message));
      for (const texts of [said, warnings]) expect(texts.join('\n')).toContain('half loaded');
    }
    expect(await flowsIn(into)).toBe(240);
    expect((await hunted(into)).report.flows).toBe(240);
  });

  it('names what cannot be read, and loads the rest', async () => {
    const into = await target('unreadable');
    const text = bufferSource(Buffer.from('no capture at all, only words'), 'words.txt');
    const { left, loaded: files } = await loaded(into, [text, connLog('conn.log', 1e9)]);
    expect(left).toMatchObject([{ file: 'words.txt' }]);
    expect(files).toBe(1);
  });

  it('gives the flows of conn.log the names of the logs beside it', async () => {
    const into = await target('named');
    const names = ['#separator \\x09', '#path\tssl', '#fields\tuid\tserver_name', 'C0x0\tc2.example'].join('\n');
    await loaded(into, [connLog('day/conn.10.log', 1e9), bufferSource(Buffer.from(`${names}\n`), 'day/ssl.10.log')]);
    const [{ flows }] = recordsOf(
      await into.engine.read("SELECT count() AS flows FROM named.flows WHERE requested_server_name = 'c2.example'"),
    );
    expect(flows).toBe(1);
  });
});

describe.skipIf(opened === null)('hunting', () => {
  it('goes on with the parts that were not done when it was ended at any request', async () => {
    const into = await target('stopped');
    await loaded(into, [connLog('conn.log', 1e9)]);
    const whole = await hunted(into);
    for (let request = 1; ; request++) {
      const failing = { ...into, engine: failingAt(into.engine, request) };
      const ended = await hunted(failing, { filters: ['port=8443'] }).catch((error: unknown) => error);
      if (!(ended instanceof EngineError)) break;
    }
    const again = await hunted(into, { filters: ['port=8443'] });
    expect(again.connections).toBe(whole.connections);
    expect(again.findings).toBe(whole.findings);
    const [{ twice, hunts }] = recordsOf(
      await into.engine.read(
        'SELECT count() - uniqExact(hunt, src_ip, dst_ip, dst_port) AS twice, uniqExact(hunt) AS hunts FROM stopped.findings',
      ),
    );
    expect({ twice, hunts }).toEqual({ twice: 0, hunts: 3 });
  });

  it('rescores only what has new flows, and keeps the history', async () => {
    const into = await target('rolling');
    await loaded(into, [connLog('first.log', 1e9)]);
    await hunted(into);
    await loaded(into, [connLog('second.log', 1e9 + 1200, 2)]);
    const { connections, report } = await hunted(into, { sinceLast: true });
    expect(connections).toBe(4);
    expect([...report.connections.flows]).toEqual([20, 20, 20, 20]);
    const ends = { source: '10.0.0.1', destination: '203.0.113.1', port: 8443 };
    expect((await historyOf(into, ends)).map(({ flows }) => flows)).toEqual([10, 20]);
    await giveVerdict(into, ends, { verdict: 'benign', note: "it's ours; `x`", analyst: 'test' });
    expect(await verdictsOf(into, ends)).toMatchObject([
      { verdict: 'benign', note: "it's ours; `x`", analyst: 'test' },
    ]);
    await giveVerdict(into, { ...ends, source: '10.0.0.2' }, { verdict: 'malicious', note: '', analyst: 'test' });
    expect(await latestVerdicts(into)).toMatchObject({ verdicts: [{ verdict: 'malicious' }, {}], leftOut: 0 });
    expect(await latestVerdicts(into, 1)).toMatchObject({ verdicts: [{ verdict: 'malicious' }], leftOut: 1 });
    expect((await hunted(into, { sinceLast: true })).connections).toBe(0);
  });

  it('counts a connection once that is in the logs of many hours', async () => {
    const into = await target('hours');
    const logs = Array.from({ length: 6 }, (_, hour) => openLog(hour + 1));
    for (const log of logs) await loaded(into, [log]);
    const list = { ...DEFAULT_SETTINGS, minFlows: 1 };
    const { report } = await hunted(into, { list });
    const inMemory = (await analyze(logs, list)).report(list);
    expect([...report.connections.flows]).toEqual([2]);
    expect([...report.connections.flows]).toEqual([...inMemory.connections.flows]);
  });

  it('shows the first rows of more than there is room for, and says so', async () => {
    const into = await target('many');
    await loaded(into, [connLog('conn.log', 1e9)]);
    const whole = await hunted(into);
    const first = await hunt(into, QUESTION, {
      scorers: HERE,
      say: () => undefined,
      sizes: { partFlows: 20 },
      mostRows: 5,
    });
    expect([whole.report.rowsLeftOut, first.report.rowsLeftOut]).toEqual([0, 19]);
    const best = [...whole.report.connections.triage.total].sort((a, b) => b - a).slice(0, 5);
    expect([...first.report.connections.triage.total].sort((a, b) => b - a)).toEqual(best);
  });

  it('looks at the flows of a time and of ends alone', async () => {
    const into = await target('narrow');
    await loaded(into, [connLog('conn.log', 1e9)]);
    const { report } = await hunted(into, { fromMs: 1e12, toMs: 1e12 + 600_000, filters: ['source=10.0.0.0/30'] });
    expect(report.flows).toBe(3 * 10);
    expect((await hunted(into, { filters: ['port!=8443'] })).report.connections.length).toBe(0);
  });
});
