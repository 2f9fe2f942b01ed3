import { parseAddress } from '../analysis/net/address.ts';
import { protocolName } from '../analysis/net/protocol-names.ts';
import type { ConnectionIndicators } from './indicators.ts';
import { remarkText } from './remarks.ts';
import { observableId, stixId } from './stix-ids.ts';
import { cut, stamp, type StixObject } from './stix-object.ts';

/** STIX 2.1 counts no further, in observed data and in sightings. */
const MOST_COUNTED = 999_999_999;

/**
 * A connection as what was observed of an indicator: its ends and its traffic, the data that holds them, and the sighting
 * that ties these to the indicator, in this order.
 */
export function observedObjects(indicatorId: string, indicator: ConnectionIndicators, made: string): StixObject[] {
  const { source, address, name, flows } = indicator;
  const ends = [source, address, ...(name === '' ? [] : [name])].map(endObject);
  const traffic = trafficObject(indicator, ends[0].id, ends[1].id);
  const objects = [...ends, traffic];
  const [first, last] = [stamp(indicator.firstMs), stamp(indicator.lastMs)];
  const count = Math.min(flows, MOST_COUNTED);
  const observedId = stixId('observed-data', `${indicatorId} ${traffic.id}`);
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
    id: stixId('sighting', `${indicatorId} ${traffic.id}`),
    ...stamps,
    description: sightingText(indicator),
    first_seen: first,
    last_seen: last,
    count,
    sighting_of_ref: indicatorId,
    observed_data_refs: [observedId],
  };
  return [...objects, observed, sighting];
}

function sightingText({ source, port, points, reasons, remark }: ConnectionIndicators): string {
  const said = remark === null ? '' : `; ${remarkText(remark)}`;
  return cut(`${source} goes there, port ${port}; ${points} points: ${reasons.join('; ')}${said}`);
}

function endObject(end: string): StixObject {
  const type = endType(end);
  return { type, spec_version: '2.1', id: observableId(type, { value: end }), value: end };
}

/** The type of observable that the end of a connection is: what a proxy was asked for may be a name. */
export function endType(end: string): 'ipv4-addr' | 'ipv6-addr' | 'domain-name' {
  if (parseAddress(end) === null) return 'domain-name';
  return end.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
}

function trafficObject(indicator: ConnectionIndicators, source: string, destination: string): StixObject {
  const { source: client, port, protocol, firstMs, lastMs, bytesSent, bytesReceived } = indicator;
  const type = 'network-traffic';
  const contributing = {
    start: stamp(firstMs),
    end: stamp(lastMs),
    src_ref: source,
    dst_ref: destination,
    dst_port: port,
    // Logs that do not say the protocol have 0 in its place.
    protocols: [client.includes(':') ? 'ipv6' : 'ipv4', ...(protocol === 0 ? [] : [protocolName(protocol)])],
  };
  return {
    type,
    spec_version: '2.1',
    id: observableId(type, contributing),
    ...contributing,
    src_byte_count: bytesSent,
    dst_byte_count: bytesReceived,
  };
}
