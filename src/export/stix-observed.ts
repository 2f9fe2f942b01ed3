import { remarkText } from './remarks.ts';
import type { Finding } from './stix-findings.ts';
import { stixId } from './stix-ids.ts';
import { cut, stamp, type StixObject } from './stix-object.ts';

/** STIX 2.1 counts no further, in observed data and in sightings. */
const MOST_COUNTED = 999_999_999;

/**
 * A finding as what was observed of an indicator: its ends and its traffic, the data that holds them, and the sighting
 * that ties these to the indicator, in this order.
 */
export function observedObjects(indicatorId: string, finding: Finding, made: string): StixObject[] {
  const { observed: objects, firstMs, lastMs } = finding;
  const [first, last] = [stamp(firstMs), stamp(lastMs)];
  const count = Math.min(finding.count, MOST_COUNTED);
  // A connection's traffic names its ends; without traffic the ends are what was seen.
  const traffic = objects.filter(({ type }) => type === 'network-traffic');
  const seen = (traffic.length > 0 ? traffic : objects).map(({ id }) => id).join(' ');
  const observedId = stixId('observed-data', `${indicatorId} ${seen}`);
  const stamps = { created: made, modified: made };
  const observed: StixObject = {
    type: 'observed-data',
    spec_version: '2.1',
    id: observedId,
    ...stamps,
    first_observed: first,
    last_observed: last,
    number_observed: count,
    object_refs: [...new Set(objects.map(({ id }) => id))],
  };
  const sighting: StixObject = {
    type: 'sighting',
    spec_version: '2.1',
    id: stixId('sighting', `${indicatorId} ${seen}`),
    ...stamps,
    description: sightingText(finding),
    first_seen: first,
    last_seen: last,
    count,
    sighting_of_ref: indicatorId,
    observed_data_refs: [observedId],
  };
  return [...objects, observed, sighting];
}

function sightingText({ source, does: [does], port, why, remark }: Finding): string {
  const said = remark === null ? '' : `; ${remarkText(remark)}`;
  return cut(`${source} ${does}${port === null ? '' : `, port ${port}`}; ${why}${said}`);
}
