import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/pipeline.ts';
import type { Case, Remark } from '../../src/analysis/report/case.ts';
import { dnsKeys } from '../../src/analysis/report/case-keys.ts';
import { remarkKeys } from '../../src/analysis/report/row-remarks.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { type Indicators, indicatorsOf } from '../../src/export/indicators.ts';
import { stixBundle } from '../../src/export/stix.ts';
import { captureOfLists } from '../builders/sessions/lists.ts';

/** A package that carries OASIS' JSON schemas of STIX 2.1; nothing else of it is used, so it is fetched alone. */
const CARRIER = 'stixview@1.3.2';
const SHA512 = 'g9JZmdJpWlRQpyehz/m6jpXtwUUpzxtfh2+H1IfqvZjzosGnhzs601Ji4QDHBbJ1ZfAOIjbWkghmhf1QVHRiag==';

type Validate = (object: { type: string }) => string[];

/** Fetches the schemas; null, saying so, where the registry of packages cannot be reached. */
function stixValidator(): Validate | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-stix-'));
  try {
    execFileSync('npm', ['pack', CARRIER, '--pack-destination', folder], { stdio: 'ignore' });
    const [archive] = readdirSync(folder).map((name) => path.join(folder, name));
    const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (digest !== SHA512) throw new Error(`${CARRIER} is another package than it was: ${digest}`);
    execFileSync('tar', ['xzf', archive, '-C', folder]);
    return validatorOf(path.join(folder, 'package/src/stix2-schemas'));
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error)) throw error;
    console.log(`${CARRIER} cannot be fetched: what STIX writes is not held against its schemas`);
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function validatorOf(folder: string): Validate {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const ids = new Map<string, string>();
  for (const name of names) {
    const schema = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { $id: string };
    ajv.addSchema(schema);
    ids.set(path.basename(name, '.json'), schema.$id);
  }
  return (object) => {
    const validate = ajv.getSchema(ids.get(object.type) ?? '');
    if (validate === undefined) return [`${object.type} is no type of STIX`];
    return validate(object) === true ? [] : [`${object.type}: ${ajv.errorsText(validate.errors)}`];
  };
}

const validate = stixValidator();
const MALICIOUS: Remark = { verdict: 'malicious', note: 'asked the owner', tags: ['c2', 'loader'] };

function faultsOf(indicators: Indicators): string[] {
  const bundle = JSON.parse([...stixBundle(indicators, 1_700_000_000_000)].join('')) as {
    type: string;
    objects: { type: string }[];
  };
  return [bundle, ...bundle.objects].flatMap((object) => validate!(object));
}

describe.skipIf(validate === null)('STIX 2.1', () => {
  it('keeps to the schemas, for connections and for domains', async () => {
    const settings = { ...DEFAULT_SETTINGS, minFlows: 0 };
    const report = (await analyze([bufferSource(captureOfLists(), 'lists.pcap')], settings)).report(settings);
    const { connections, dns } = report;
    const [keyOf, domainOf] = [remarkKeys(report), dnsKeys(report)];
    const rows = Uint32Array.from({ length: connections.length }, (_, row) => row);
    const remarks: Case = new Map([...rows].map((row) => [keyOf(row), MALICIOUS] as const));
    const domains = Array.from({ length: dns.length }, (_, row) => row);
    const all: Case = new Map([...remarks, ...domains.map((row) => [domainOf(row), MALICIOUS] as const)]);
    const indicators = indicatorsOf(report, { connections: rows, dns: domains }, all);
    expect(Math.min(indicators.connections.length, indicators.domains.length)).toBeGreaterThan(0);
    expect(faultsOf(indicators)).toEqual([]);
  });

  it('keeps to them whatever is at the ends, and what does not is told', () => {
    const times = { firstMs: 1_700_000_000_000.25, lastMs: 1_700_003_600_000 };
    const counts = { flows: 2e9, bytesSent: 0, bytesReceived: 12_200, points: 6, reasons: ['steady rhythm'] };
    const base = {
      row: 0,
      otherNames: 0,
      isAsked: false,
      tunnelDomain: '',
      ...times,
      ...counts,
      techniques: [{ id: 'T1571', name: 'Non-Standard Port' }],
    };
    const end = { source: '2001:db8::5', address: '2001:db8::9', name: '', port: 0, protocol: 58, remark: null };
    const named = { ...end, source: '10.0.0.5', address: 'c2.example', name: "a' OR \\", port: 65_535, protocol: 0 };
    const domain = { client: '10.0.0.5', domain: '', resolver: '203.0.113.53', ...times };
    const asked = { ...domain, queries: 3, signs: '', techniques: [], remark: MALICIOUS };
    expect(
      faultsOf({
        connections: [
          { ...base, ...end },
          { ...base, ...named },
        ],
        domains: [asked],
      }),
    ).toEqual([]);
    expect(validate!({ type: 'indicator' })).toHaveLength(1);
  });
});
