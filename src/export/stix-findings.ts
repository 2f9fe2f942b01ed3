import { protocolName } from '../analysis/net/protocol-names.ts';
import type { Technique } from './attack.ts';
import type { DomainIndicator } from './domain-indicators.ts';
import type { ConnectionIndicators } from './indicators.ts';
import { counted } from './phrases.ts';
import { observableId } from './stix-ids.ts';
import { endObject, endType, stamp, type StixObject } from './stix-object.ts';
import type { Remark } from '../analysis/report/case.ts';

/** What STIX is told of a connection, or of a domain that was asked for. */
export interface Finding {
  /** What finds it again. */
  pattern: string;
  /** Where it goes, and to which port; null where there is none. */
  destination: string;
  port: number | null;
  source: string;
  /** What one source does, and what several do: "goes there". */
  does: readonly [one: string, several: string];
  /** Why it is told. */
  why: string;
  firstMs: number;
  lastMs: number;
  count: number;
  techniques: readonly Technique[];
  remark: Remark | null;
  /** What was observed of it; the last of these is named by all others, or there are only ends. */
  observed: StixObject[];
}

/** A connection that is to be read. */
export function connectionFinding(indicator: ConnectionIndicators): Finding {
  const { source, address, isAsked, tunnelDomain, firstMs, lastMs, flows, points, reasons, techniques, remark } =
    indicator;
  const isTunnel = tunnelDomain !== '';
  const name = tunnelDomain || indicator.name;
  const ends = [source, address, ...(name === '' ? [] : [name])].map(endObject);
  return {
    pattern: isTunnel ? domainPattern(tunnelDomain) : patternOf({ name, address }),
    destination: isTunnel || (name !== '' && !isAsked) ? name : address,
    port: isTunnel ? null : indicator.port,
    source,
    does: isTunnel ? ['asks for names under it', 'ask for names under it'] : ['goes there', 'go there'],
    why: `${points} points: ${reasons.join('; ')}`,
    firstMs,
    lastMs,
    count: flows,
    techniques,
    remark,
    observed: [...ends, trafficObject(indicator, ends[0].id, ends[1].id)],
  };
}

/** A domain that was asked for; questions without one are known by their resolver. */
export function domainFinding(indicator: DomainIndicator): Finding {
  const { client, domain, resolver, firstMs, lastMs, queries, signs, techniques, remark } = indicator;
  const place = domain || resolver;
  return {
    pattern: domain === '' ? patternOf({ name: '', address: resolver }) : domainPattern(domain),
    destination: place,
    port: null,
    source: client,
    does: domain === '' ? ['asks it', 'ask it'] : ['asks for it', 'ask for it'],
    why: `${counted(queries, 'question')} in DNS${signs === '' ? '' : `, like a tunnel: ${signs}`}`,
    firstMs,
    lastMs,
    count: queries,
    techniques,
    remark,
    observed: [client, place].map(endObject),
  };
}

/** The comparisons that find a destination again (STIX 2.1, section 9): its name and its address, either of them. */
export function patternOf({ name, address }: Pick<ConnectionIndicators, 'name' | 'address'>): string {
  const comparisons = [
    ...(name === '' ? [] : [`domain-name:value = ${quoted(name)}`]),
    `${endType(address)}:value = ${quoted(address)}`,
  ];
  return `[${comparisons.join(' OR ')}]`;
}

/**
 * The comparisons that find a domain and the names below it. LIKE has no escape for what stands for any letters: a domain
 * that holds such a letter is looked for by itself, or it could be made to stand for everything.
 */
function domainPattern(domain: string): string {
  const own = `domain-name:value = ${quoted(domain)}`;
  return /[%_]/.test(domain) ? `[${own}]` : `[${own} OR domain-name:value LIKE ${quoted(`%.${domain}`)}]`;
}

/** A text as a string of STIX's pattern language. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
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
