import { describe, expect, it } from 'vitest';
import { serverIn } from '../../../src/fleet/engine/open.ts';
import { filterOf } from '../../../src/fleet/hunt/question.ts';
import { quoted } from '../../../src/fleet/schema/names.ts';
import { creation, retention } from '../../../src/fleet/schema/tables.ts';

describe('what becomes part of a statement', () => {
  it('quotes names, whatever they hold', () => {
    expect(quoted('plain')).toBe('`plain`');
    expect(quoted('a`; DROP TABLE x; --\\')).toBe('`a\\`; DROP TABLE x; --\\\\`');
    expect(() => quoted('')).toThrow('empty');
    expect(() => quoted('a\nb')).toThrow('control characters');
  });

  it('binds the values of filters', () => {
    const hostile = "'; DROP TABLE flows; --";
    expect(filterOf(`name=${hostile}`, 'f')).toEqual({
      text: 'lower(requested_server_name) = {f:String} OR endsWith(lower(requested_server_name), {fbelow:String})',
      bound: { f: hostile.toLowerCase(), fbelow: `.${hostile.toLowerCase()}` },
    });
    expect(filterOf('port!=8000-8999', 'f')).toEqual({
      text: 'NOT (dst_port BETWEEN {f:UInt16} AND {flast:UInt16})',
      bound: { f: 8000, flast: 8999 },
    });
    expect(filterOf('source=10.0.0.0/8', 'f').bound).toEqual({ f: '0000:0000:0000:0000:0000:ffff:0a00:0000/104' });
    expect(filterOf('destination=2001:db8::/32', 'f').bound).toEqual({
      f: '2001:0db8:0000:0000:0000:0000:0000:0000/32',
    });
  });

  it('refuses filters that make no sense, and says what one looks like', () => {
    expect(() => filterOf('colour=red', 'f')).toThrow('KEY=VALUE');
    expect(() => filterOf('port=http', 'f')).toThrow('a number up to 65535');
    expect(() => filterOf('port=9-1', 'f')).toThrow('a number up to 65535');
    expect(() => filterOf('source=example.org', 'f')).toThrow('not an address');
  });
});

describe('where flows are kept', () => {
  it('is a server, its database and its cluster', () => {
    expect(serverIn('http://localhost:8123')).toEqual({
      server: 'http://localhost:8123',
      database: 'beaconscope',
      cluster: null,
    });
    expect(serverIn('https://ch.example:8443/net%20flows?cluster=main')).toEqual({
      server: 'https://ch.example:8443',
      database: 'net flows',
      cluster: 'main',
    });
  });

  it('takes no credentials in the URL, and does not repeat them', () => {
    const place = 'http://analyst:secret@localhost:8123';
    expect(() => serverIn(place)).toThrow('CLICKHOUSE_PASSWORD');
    expect(() => serverIn(place)).not.toThrow('secret');
    expect(() => serverIn('http://localhost:8123?password=secret')).toThrow('means nothing here: password');
  });

  it('lets flows go after so many days, on the servers that hold them', () => {
    const ttl = 'MODIFY TTL toDateTime(intDiv(first_seen_ms, 1000)) + INTERVAL 90 DAY';
    expect(retention({ database: 'a', cluster: null }, 90)).toBe(`ALTER TABLE \`a\`.\`flows\` ${ttl}`);
    expect(retention({ database: 'a', cluster: 'main' }, 90)).toBe(
      `ALTER TABLE \`a\`.\`flows_local\` ON CLUSTER \`main\` ${ttl}`,
    );
  });

  it('makes tables on one server, or on all of a cluster with one that stands for them', () => {
    const single = creation({ database: 'net', cluster: null, days: null });
    expect(single.filter((statement) => statement.includes('ON CLUSTER'))).toEqual([]);
    const flows = single.find((statement) => statement.includes('`flows`'));
    expect(flows).toMatch(/ENGINE = MergeTree PARTITION BY .* ORDER BY \(src_ip, dst_ip, dst_port, file, row\)/);
    expect(flows).not.toContain('TTL');
    const spread = creation({ database: 'net', cluster: "a'b", days: 90 });
    expect(spread.every((statement) => statement.includes("ON CLUSTER `a'b`"))).toBe(true);
    expect(spread.find((statement) => statement.includes('`flows_local` ON'))).toMatch(
      /ReplicatedMergeTree\('\/clickhouse\/tables\/\{shard\}\/net\/flows_local', '\{replica\}'\).*INTERVAL 90 DAY/,
    );
    expect(spread.find((statement) => statement.includes('`flows` ON'))).toMatch(
      /AS `net`.`flows_local` ENGINE = Distributed\(`a'b`, `net`, `flows_local`, cityHash64\(src_ip\)\)/,
    );
  });
});
