import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { techniqueUrl } from './attack.ts';
import { type ConnectionIndicators } from './indicators.ts';
import { remarkText } from './remarks.ts';

/** The namespace that STIX 2.1 gives for ids which follow from contents (section 2.9). */
const NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Bytes of what a captured packet said that go into one text. */
const LONGEST_TEXT = 500;

interface StixObject {
  type: string;
  spec_version: '2.1';
  id: string;
  [property: string]: unknown;
}

/**
 * Indicators as a STIX 2.1 bundle: an indicator for each destination, the techniques of ATT&CK that it stands for, and
 * what ties them. Ids follow from the contents, so that the same finding has the same id in every bundle.
 *
 * @param madeMs when the bundle is made, in milliseconds since 1970
 */
export function* stixBundle(indicators: readonly ConnectionIndicators[], madeMs: number): Generator<string> {
  const made = stamp(madeMs);
  const objects = new Map<string, StixObject>();
  for (const indicator of indicators) {
    const pattern = patternOf(indicator);
    const id = `indicator--${nameUuid(pattern)}`;
    if (objects.has(id)) continue;
    objects.set(id, indicatorObject(id, pattern, indicator, made));
    for (const { id: technique, name } of indicator.techniques) {
      const target = `attack-pattern--${nameUuid(technique)}`;
      if (!objects.has(target)) objects.set(target, techniqueObject(target, technique, name, made));
      const tie = `relationship--${nameUuid(`${id} ${target}`)}`;
      objects.set(tie, relation(tie, id, target, made));
    }
  }
  const bundleId = `bundle--${nameUuid([...objects.keys()].join(' '))}`;
  yield `{"type":"bundle","id":${JSON.stringify(bundleId)},"objects":[`;
  let isFirst = true;
  for (const object of objects.values()) {
    yield (isFirst ? '' : ',') + JSON.stringify(object);
    isFirst = false;
  }
  yield ']}\n';
}

/** The comparisons that find a destination again (STIX 2.1, section 9): its name and its address, either of them. */
export function patternOf({ name, address }: Pick<ConnectionIndicators, 'name' | 'address'>): string {
  const kind = address.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
  const comparisons = [
    ...(name === '' ? [] : [`domain-name:value = ${quoted(name)}`]),
    `${kind}:value = ${quoted(address)}`,
  ];
  return `[${comparisons.join(' OR ')}]`;
}

function indicatorObject(id: string, pattern: string, indicator: ConnectionIndicators, made: string): StixObject {
  const { source, address, name, port, points, reasons, firstMs, lastMs, remark } = indicator;
  const said = remark === null ? '' : `; ${remarkText(remark)}`;
  const destination = name === '' ? address : name;
  return {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created: made,
    modified: made,
    name: cut(`${destination} port ${port}`),
    description: cut(
      `${source} goes there, seen until ${stamp(lastMs)}; ${points} points: ${reasons.join('; ')}${said}`,
    ),
    indicator_types: [remark?.verdict === 'malicious' ? 'malicious-activity' : 'anomalous-activity'],
    ...(remark === null || remark.tags.length === 0 ? {} : { labels: remark.tags }),
    pattern,
    pattern_type: 'stix',
    valid_from: stamp(firstMs),
  };
}

function techniqueObject(id: string, technique: string, name: string, made: string): StixObject {
  return {
    type: 'attack-pattern',
    spec_version: '2.1',
    id,
    created: made,
    modified: made,
    name,
    external_references: [{ source_name: 'mitre-attack', external_id: technique, url: techniqueUrl(technique) }],
  };
}

function relation(id: string, source: string, target: string, made: string): StixObject {
  const stamps = { created: made, modified: made };
  const ends = { source_ref: source, target_ref: target };
  return { type: 'relationship', spec_version: '2.1', id, ...stamps, relationship_type: 'indicates', ...ends };
}

/** A text as a string of STIX's pattern language. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString();
}

/** A UUID of version 5 (RFC 9562, section 5.5): the same for the same text. */
function nameUuid(text: string): string {
  const space = hexToBytes(NAMESPACE.replaceAll('-', ''));
  const hash = sha1(Uint8Array.of(...space, ...utf8ToBytes(text)));
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const digits = bytesToHex(hash.subarray(0, 16));
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
