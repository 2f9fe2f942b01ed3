import { describe, expect, it } from 'vitest';
import { firstMsOf, lastMsOf } from '../../../../src/analysis/flows/columns.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { eveJson, flowEvent, protocolEvent } from '../../../builders/logs/suricata.ts';
import { connRow, zeekJson } from '../../../builders/logs/zeek.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

type Fields = Record<string, unknown>;
type Row = Record<string, string | number | undefined>;

const ROWS: Row[] = Array.from({ length: 5 }, (_, number) =>
  connRow({
    ts: `${1_700_000_000 + 60 * number}.250000`,
    uid: `C${number}`,
    'id.orig_p': 40_000 + number,
    duration: 1.5,
  }),
);
const STARTS = ROWS.map(({ ts }) => Number(ts) * 1000);

/** A row as Elastic's integration for Zeek leaves it: durations are nanoseconds, bytes of payload are lost. */
function integrated(row: Row): Fields {
  return {
    '@timestamp': new Date(Number(row['ts']) * 1000).toISOString(),
    'ecs.version': '8.11.0',
    'event.dataset': 'zeek.connection',
    'event.duration': 1_500_000_000,
    'source.address': row['id.orig_h'],
    'source.ip': row['id.orig_h'],
    'source.port': row['id.orig_p'],
    'source.bytes': row['orig_ip_bytes'],
    'source.packets': row['orig_pkts'],
    'destination.ip': row['id.resp_h'],
    'destination.port': row['id.resp_p'],
    'destination.bytes': row['resp_ip_bytes'],
    'destination.packets': row['resp_pkts'],
    'network.transport': row['proto'],
    'network.protocol': row['service'],
    'zeek.session_id': row['uid'],
    'zeek.connection.state': row['conn_state'],
    'zeek.connection.history': row['history'],
  };
}

/** A row as Security Onion leaves it: durations are seconds. */
function onion(row: Row): Fields {
  return {
    '@timestamp': new Date(Number(row['ts']) * 1000).toISOString(),
    'event.module': 'zeek',
    'event.dataset': 'conn',
    'event.duration': row['duration'],
    'source.ip': row['id.orig_h'],
    'source.port': row['id.orig_p'],
    'destination.ip': row['id.resp_h'],
    'destination.port': row['id.resp_p'],
    'client.bytes': row['orig_bytes'],
    'client.packets': row['orig_pkts'],
    'client.ip_bytes': row['orig_ip_bytes'],
    'server.bytes': row['resp_bytes'],
    'server.packets': row['resp_pkts'],
    'server.ip_bytes': row['resp_ip_bytes'],
    'network.transport': row['proto'],
    'network.protocol': row['service'],
    'log.id.uid': row['uid'],
    'connection.state': row['conn_state'],
    'connection.history': row['history'],
  };
}

function nestedIn(fields: Fields): Fields {
  const whole: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    const keys = name.split('.');
    let within = whole;
    for (const key of keys.slice(0, -1)) within = (within[key] ??= {}) as Fields;
    within[keys.at(-1) ?? ''] = value;
  }
  return whole;
}

const lines = (objects: unknown[]): string => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

/** A table as Kibana exports it, whatever its cells hold. */
function table(rows: Fields[]): string {
  const cell = (value: unknown): string => {
    const text = typeof value === 'string' ? value : value === undefined ? '-' : JSON.stringify(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
    .map((row) => `${row.map(cell).join(',')}\n`)
    .join('');
}

/** Times as Kibana shows them. */
function dated(row: Fields): Fields {
  const [date, clock] = String(row['@timestamp']).split('T');
  const [year, , day] = date.split('-');
  return { ...row, '@timestamp': `Nov ${Number(day)}, ${year} @ ${clock.replace('Z', '')}` };
}

const FORMS: [name: string, text: (rows: Fields[]) => string][] = [
  ['objects in one another', (rows) => lines(rows.map(nestedIn))],
  ['names with dots', (rows) => JSON.stringify(rows, null, 1)],
  ['hits of a search', (rows) => JSON.stringify({ hits: { hits: rows.map((row) => ({ _source: nestedIn(row) })) } })],
  ['fields of hits', (rows) => lines(rows.map((row) => ({ fields: listed(row) })))],
  ['a table', table],
  ["a table with Kibana's times", (rows) => table(rows.map(dated))],
];

function listed(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
  );
}

const facts = ({ flows }: Analysis) => ({
  payload: flows.payloadSent[0],
  application: flows.application[0],
  observed: flows.observed[0],
  times: Array.from({ length: flows.length }, (_, flow) => [firstMsOf(flows, flow), lastMsOf(flows, flow)]),
});

describe("Zeek's connections in Elastic's schema", () => {
  it.each(FORMS)('are read as Security Onion has them, as %s', async (_, text) => {
    const plain = await analyzeLogs(zeekJson(ROWS));
    const read = await analyzeLogs(text(ROWS.map(onion)));
    expect(flowsOf(read)).toEqual(flowsOf(plain));
    expect(facts(read)).toEqual(facts(plain));
  });

  it.each(FORMS)("are read as Elastic's integration has them, as %s", async (_, text) => {
    const without = ROWS.map((row) => ({ ...row, orig_bytes: undefined, resp_bytes: undefined }));
    const plain = await analyzeLogs(zeekJson(without));
    const read = await analyzeLogs(text(ROWS.map(integrated)));
    expect(flowsOf(read)).toEqual(flowsOf(plain));
    expect(facts(read)).toEqual(facts(plain));
    expect(facts(read).times.map(([start]) => start)).toEqual(STARTS);
  });

  it('are taken from the original where that is there, which has more', async () => {
    const plain = await analyzeLogs(zeekJson(ROWS));
    const originals = ROWS.map((row) => ({ ...integrated(row), message: zeekJson([row]).trim() }));
    for (const text of [lines(originals), table(originals)])
      expect(facts(await analyzeLogs(text))).toEqual(facts(plain));
  });

  it('are taken from a table whose cells have line ends', async () => {
    const plain = await analyzeLogs(zeekJson(ROWS));
    const originals = ROWS.map((row) => {
      const message = JSON.stringify(JSON.parse(zeekJson([row])), null, 1);
      return { ...integrated(row), 'rule.description': 'two\n"lines"', message };
    });
    const text = table(originals);
    expect(facts(await analyzeLogs(text))).toEqual(facts(plain));
    expect(facts(await analyzeLogs(text.trimEnd()))).toEqual(facts(plain));
    // In the middle of a line, and behind one.
    for (const end of ['"lines"', '""lines']) {
      const cut = await analyzeLogs(text.slice(0, text.lastIndexOf(end)));
      expect(cut.flows.length).toBe(ROWS.length - 1);
      expect(cut.captures[0].warnings).not.toEqual([]);
    }
  });

  it('have the names that other data sets tell', async () => {
    const { uid } = ROWS[0];
    const of = (dataset: string, fields: Fields) => ({ ...integrated(ROWS[0]), 'event.dataset': dataset, ...fields });
    for (const [event, name] of [
      [of('zeek.ssl', { 'zeek.ssl.server.name': 'a.example' }), 'a.example'],
      [of('zeek.http', { 'url.domain': 'b.example', 'http.request.method': 'GET' }), 'b.example'],
      [{ ...onion(ROWS[0]), 'event.dataset': 'ssl', 'ssl.server_name': 'c.example', 'log.id.uid': uid }, 'c.example'],
    ] as const) {
      const read = await analyzeLogs(lines([...ROWS.map(integrated), event].map(nestedIn)));
      expect(flowsOf(read).map((flow) => flow.name)).toEqual([name, '', '', '', '']);
    }
  });

  it('say which numbers have their thousands apart: those are read as no others', async () => {
    const [first, ...others] = ROWS.map(onion);
    const { captures, flows } = await analyzeLogs(table([{ ...first, 'event.duration': '1,234' }, ...others]));
    expect(flows.length).toBe(others.length);
    expect(captures[0].warnings[0].message).toBe('line 2 was left out: the duration is no number of seconds');
  });

  it('are none where the data set is of another program', async () => {
    const others = ROWS.map((row) => ({ ...onion(row), 'event.module': 'firewall' }));
    await expect(analyzeLogs(lines(others.map(nestedIn)))).rejects.toThrow(/neither a log of Zeek nor eve\.json/);
  });
});

describe("Suricata's events in Elastic's schema", () => {
  const events = ROWS.map((_, number) => flowEvent({ flow_id: number + 1, src_port: 40_000 + number }));
  const tls = protocolEvent('tls', { sni: 'a.example' }, { flow_id: 1 });

  /** An event as the integration leaves it. */
  function moved(event: Fields): Fields {
    const { timestamp, src_ip, src_port, dest_ip, dest_port, proto, flow, tls: names, dns, ...rest } = event;
    const { pkts_toserver, pkts_toclient, bytes_toserver, bytes_toclient, start, end, ...counts } = (flow ??
      {}) as Fields;
    const flowFields = {
      source: { address: src_ip, port: src_port, packets: pkts_toserver, bytes: bytes_toserver },
      destination: { address: dest_ip, port: dest_port, packets: pkts_toclient, bytes: bytes_toclient },
    };
    return {
      '@timestamp': timestamp,
      ecs: { version: '8.11.0' },
      event: { dataset: 'suricata.eve', ...(flow === undefined ? {} : { start, end }) },
      network: { transport: String(proto).toLowerCase() },
      ...flowFields,
      ...(names === undefined ? {} : { tls: { client: { server_name: (names as Fields)['sni'] } } }),
      ...(dns === undefined ? {} : { dns: asked(dns as Fields) }),
      suricata: {
        eve: {
          ...rest,
          flow_id: String(rest['flow_id']),
          ...(flow === undefined ? {} : { flow: counts }),
          ...(dns === undefined ? {} : { dns: { type: (dns as Fields)['type'] } }),
        },
      },
    };
  }

  /** A question, and its answers, which the schema has names for. */
  function asked({ type, rrname, rrtype, answers }: Fields): Fields {
    const records = answers as Record<'rrname' | 'rrtype' | 'rdata', string>[] | undefined;
    return {
      type,
      question: { name: rrname, type: rrtype },
      answers: records?.map(({ rrname: name, rrtype: kind, rdata }) => ({ name, type: kind, data: rdata })),
    };
  }

  function flat(object: Fields, before = ''): Fields {
    return Object.fromEntries(
      Object.entries(object).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.entries(flat(value as Fields, `${before}${name}.`))
          : [[`${before}${name}`, value]],
      ),
    );
  }

  it('are read as those of eve.json, also in one level', async () => {
    const all: Fields[] = [...events, tls];
    const plain = await analyzeLogs(eveJson(all));
    expect(flowsOf(plain)[0].name).toBe('a.example');
    for (const shipped of [all.map(moved), all.map((event) => flat(moved(event))), all.map((event) => flat(event))]) {
      const read = await analyzeLogs(lines(shipped));
      expect(flowsOf(read)).toEqual(flowsOf(plain));
      expect(facts(read)).toEqual(facts(plain));
    }
  });

  it('name hosts by the answers of DNS', async () => {
    const [flow] = events;
    const records = [
      { rrname: 'www.example', rrtype: 'CNAME', rdata: 'cdn.example' },
      { rrname: 'cdn.example', rrtype: 'A', rdata: flow['dest_ip'] },
    ];
    const dns = { version: 2, type: 'answer', rrname: 'www.example', rrtype: 'A', answers: records };
    const ends = { src_ip: flow['src_ip'], dest_ip: '192.0.2.53', dest_port: 53, proto: 'UDP' };
    const answer = protocolEvent('dns', dns, { ...ends, timestamp: '2017-04-07T22:24:00.000000+0100', flow_id: 99 });
    const all: Fields[] = [answer, ...events];
    for (const shipped of [all, all.map(moved), all.map((event) => flat(moved(event)))]) {
      const { flows } = await analyzeLogs(lines(shipped));
      expect(flows.names[flows.resolvedName[0]]).toBe('www.example');
    }
  });

  it('reach nothing by names that all objects have', async () => {
    const hostile = lines([{ ...flat(moved(events[0])), '__proto__.x': 1, 'suricata.eve.__proto__.x': 1 }]);
    await analyzeLogs(hostile.replace('{', '{"constructor.prototype.x":1,'));
    expect(({} as Fields)['x']).toBeUndefined();
  });
});
