import { type Technique, techniqueUrl } from './attack.ts';
import type { Indicators } from './indicators.ts';
import { counted } from './phrases.ts';
import { remarkText } from './remarks.ts';
import { stixId } from './stix-ids.ts';
import { cut, stamp, type StixObject } from './stix-object.ts';
import { connectionFinding, domainFinding, type Finding } from './stix-findings.ts';
import { observedObjects } from './stix-observed.ts';

/**
 * Indicators as a STIX 2.1 bundle: an indicator for each destination, the techniques of ATT&CK that it stands for with
 * what ties them, and every connection that goes there, or client that asks for it, as a sighting with what was observed. Ids follow from the
 * contents, so that the same finding has the same id in every bundle.
 *
 * @param madeMs when the bundle is made, in milliseconds since 1970
 */
export function* stixBundle({ connections, domains }: Indicators, madeMs: number): Generator<string> {
  const made = stamp(madeMs);
  const byPattern = new Map<string, Finding[]>();
  for (const finding of [...connections.map(connectionFinding), ...domains.map(domainFinding)]) {
    const same = byPattern.get(finding.pattern);
    if (same === undefined) byPattern.set(finding.pattern, [finding]);
    else same.push(finding);
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

/** The indicator of a destination, by all that is found of it; the first is told in full. */
function indicatorObject(pattern: string, found: readonly Finding[], made: string): StixObject {
  const [{ destination }] = found;
  const ports = [...new Set(found.flatMap(({ port }) => port ?? []))];
  const tags = [...new Set(found.flatMap(({ remark }) => remark?.tags ?? []))];
  const isMalicious = found.some(({ remark }) => remark?.verdict === 'malicious');
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: stixId('indicator', pattern),
    created: made,
    modified: made,
    name: cut(`${destination}${ports.length === 0 ? ' in DNS' : ` port ${ports.join(', ')}`}`),
    description: cut(descriptionOf(found)),
    indicator_types: [isMalicious ? 'malicious-activity' : 'anomalous-activity'],
    ...(tags.length === 0 ? {} : { labels: tags }),
    pattern,
    pattern_type: 'stix',
    valid_from: stamp(found.reduce((least, { firstMs }) => Math.min(least, firstMs), Infinity)),
  };
}

function descriptionOf(found: readonly Finding[]): string {
  const [{ source, does, why, remark }] = found;
  const sources = new Set(found.map((one) => one.source)).size;
  const last = stamp(found.reduce((most, { lastMs }) => Math.max(most, lastMs), -Infinity));
  const others = sources === 1 ? '' : ` and ${counted(sources - 1, 'other')}`;
  const said = remark === null ? '' : `; ${remarkText(remark)}`;
  return `${source}${others} ${sources === 1 ? does[0] : does[1]}, seen until ${last}; ${why}${said}`;
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
