import { type Technique, techniqueUrl } from './attack.ts';
import type { ConnectionIndicators } from './indicators.ts';
import { counted } from './phrases.ts';
import { remarkText } from './remarks.ts';
import { stixId } from './stix-ids.ts';
import { cut, stamp, type StixObject } from './stix-object.ts';
import { endType, observedObjects } from './stix-observed.ts';

/**
 * Indicators as a STIX 2.1 bundle: an indicator for each destination, the techniques of ATT&CK that it stands for with
 * what ties them, and every connection that goes there as a sighting with what was observed of it. Ids follow from the
 * contents, so that the same finding has the same id in every bundle.
 *
 * @param madeMs when the bundle is made, in milliseconds since 1970
 */
export function* stixBundle(indicators: readonly ConnectionIndicators[], madeMs: number): Generator<string> {
  const made = stamp(madeMs);
  const byPattern = new Map<string, ConnectionIndicators[]>();
  for (const indicator of indicators) {
    const pattern = patternOf(indicator);
    const same = byPattern.get(pattern);
    if (same === undefined) byPattern.set(pattern, [indicator]);
    else same.push(indicator);
  }
  const objects = new Map<string, StixObject>();
  const add = (object: StixObject): void => void objects.set(object.id, object);
  for (const [pattern, found] of byPattern) {
    const indicator = indicatorObject(pattern, found, made);
    add(indicator);
    const techniques = new Map(found.flatMap((one) => one.techniques.map((technique) => [technique.id, technique])));
    for (const technique of techniques.values()) {
      const target = techniqueObject(technique, made);
      if (!objects.has(target.id)) add(target);
      add(relation(indicator.id, target.id, made));
    }
    for (const one of found) observedObjects(indicator.id, one, made).forEach(add);
  }
  yield `{"type":"bundle","id":${JSON.stringify(stixId('bundle', [...objects.keys()].join(' ')))},"objects":[`;
  let isFirst = true;
  for (const object of objects.values()) {
    yield (isFirst ? '' : ',') + JSON.stringify(object);
    isFirst = false;
  }
  yield ']}\n';
}

/** The comparisons that find a destination again (STIX 2.1, section 9): its name and its address, either of them. */
export function patternOf({ name, address }: Pick<ConnectionIndicators, 'name' | 'address'>): string {
  const comparisons = [
    ...(name === '' ? [] : [`domain-name:value = ${quoted(name)}`]),
    `${endType(address)}:value = ${quoted(address)}`,
  ];
  return `[${comparisons.join(' OR ')}]`;
}

/** The indicator of a destination, by all connections that go there; the first of them is told in full. */
function indicatorObject(pattern: string, found: readonly ConnectionIndicators[], made: string): StixObject {
  const [first] = found;
  const destination = first.name === '' ? first.address : first.name;
  const ports = [...new Set(found.map(({ port }) => port))];
  const tags = [...new Set(found.flatMap(({ remark }) => remark?.tags ?? []))];
  const isMalicious = found.some(({ remark }) => remark?.verdict === 'malicious');
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: stixId('indicator', pattern),
    created: made,
    modified: made,
    name: cut(`${destination} port ${ports.join(', ')}`),
    description: cut(descriptionOf(found)),
    indicator_types: [isMalicious ? 'malicious-activity' : 'anomalous-activity'],
    ...(tags.length === 0 ? {} : { labels: tags }),
    pattern,
    pattern_type: 'stix',
    valid_from: stamp(found.reduce((least, { firstMs }) => Math.min(least, firstMs), Infinity)),
  };
}

function descriptionOf(found: readonly ConnectionIndicators[]): string {
  const [{ source, points, reasons, remark }] = found;
  const sources = new Set(found.map((one) => one.source)).size;
  const last = stamp(found.reduce((most, { lastMs }) => Math.max(most, lastMs), -Infinity));
  const others = sources === 1 ? '' : ` and ${counted(sources - 1, 'other')}`;
  const said = remark === null ? '' : `; ${remarkText(remark)}`;
  return `${source}${others} ${sources === 1 ? 'goes' : 'go'} there, seen until ${last}; ${points} points: ${reasons.join('; ')}${said}`;
}

function techniqueObject({ id, name }: Technique, made: string): StixObject {
  return {
    type: 'attack-pattern',
    spec_version: '2.1',
    id: stixId('attack-pattern', id),
    created: made,
    modified: made,
    name,
    external_references: [{ source_name: 'mitre-attack', external_id: id, url: techniqueUrl(id) }],
  };
}

function relation(source: string, target: string, made: string): StixObject {
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: stixId('relationship', `${source} ${target}`),
    created: made,
    modified: made,
    relationship_type: 'indicates',
    source_ref: source,
    target_ref: target,
  };
}

/** A text as a string of STIX's pattern language. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
