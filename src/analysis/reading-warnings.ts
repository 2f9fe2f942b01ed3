import type { HostSightings } from './inspect/hosts/host-sightings.ts';
import type { MacLinks } from './inspect/hosts/mac-links.ts';
import type { HostNames } from './inspect/names/host-names.ts';
import type { Warning } from './capture.ts';
import type { SaidZones } from './flow-logs/local-ends.ts';
import type { ToldZone } from './flow-logs/zoneless.ts';
import type { Zones } from './net/zones.ts';
import type { DnsCollector } from './dns/collector.ts';
import type { FlowTable } from './flows/table.ts';
import type { halvesOf } from './flows/whole-flows.ts';
import { countText } from './count-text.ts';

/** What is to be said of the captures together of halves that were joined. */
export function halvesSaid({ count, vlans }: ReturnType<typeof halvesOf>): Warning {
  const [one, other] = vlans.map((vlan) => (vlan === 0 ? 'untagged' : `in VLAN ${vlan}`));
  const flows = count === 1 ? '1 flow was' : `${countText(count)} flows were`;
  const apart =
    one === other
      ? 'one of them goes through a tunnel, the other through none or another'
      : `what begins them is ${one}, what comes back is ${other}`;
  const message = `${flows} joined out of two halves, one for each direction: ${apart}. The exported flows keep them apart, as NFStream does`;
  return { kind: 'halves', offset: null, message };
}

/**
 * What is to be said where logs call addresses local that the list of internal networks does not, or the other way round.
 *
 * @param zones where addresses lie by the list
 */
export function zonesSaid({ internal, external }: SaidZones, zones: Zones): Warning[] {
  const own = internal.filter((text) => zones.of(text) === 'external');
  const others = external.filter((text) => zones.of(text) === 'internal');
  const said: string[] = [];
  if (own.length > 0) said.push(`${addressesWords(own)} internal`);
  if (others.length > 0) said.push(`${addressesWords(others)} external`);
  if (said.length === 0) return [];
  const message = `what is internal is taken from local_orig and local_resp: ${said.join(', ')} (a list of internal networks goes before)`;
  return [{ kind: 'zones', offset: null, message }];
}

function addressesWords(addresses: readonly string[]): string {
  return addresses.length === 1 ? `${addresses[0]} is` : `${addresses[0]} and ${addresses.length - 1} more are`;
}

/** What is to be said of a log whose times have no zone, and lie so far behind those of packets of the same flows. */
export function zoneSaid(zone: ToldZone | null): Warning[] {
  if (zone === null) return [];
  const { behindMs, isByOwn, hasFlows } = zone;
  const minutes = Math.abs(behindMs) / 60_000;
  const text = `UTC${behindMs > 0 ? '-' : '+'}${Math.floor(minutes / 60)}${minutes % 60 === 0 ? '' : `:${minutes % 60}`}`;
  const by = isByOwn ? 'packets of the same flows tell' : 'what packets tell of the logs beside it says';
  const message = `${by} that its times are of ${text}: its ${hasFlows ? 'flows count' : 'questions count'} at those`;
  return [{ kind: 'times', offset: null, message }];
}

/** What is to be said of rows of a log that were flows already. */
export function repeatsSaid({ within, elsewhere }: { within: number; elsewhere: number }): Warning[] {
  const said: string[] = [];
  if (within > 0) {
    const rows = `${countText(within)} of its rows ${within === 1 ? 'is a connection' : 'are connections'} that it has rows of already`;
    said.push(`${rows}: each counts once, by its last state`);
  }
  if (elsewhere > 0)
    said.push(
      `${countText(elsewhere)} of its flows ${areWords(elsewhere)} in another of the files, too: each counts once`,
    );
  return said.map((message) => ({ kind: 'same-flows', offset: null, message }));
}

/** What is to be said of rows of a log about DNS that a log before has, too. */
export function questionsSaid(count: number): Warning[] {
  if (count === 0) return [];
  const message = `${countText(count)} of its rows about DNS ${areWords(count)} in another of the logs, too: each counts once`;
  return [{ kind: 'same-questions', offset: null, message }];
}

/** Names of a log's rows that found no room. */
export function namesLeftOut(count: number): Warning[] {
  if (count === 0) return [];
  const message = `there are more names of connections than are kept: ${countText(count)} were left out`;
  return [{ kind: 'names-full', offset: null, message }];
}

/** Answers of DNS that name an address for a client and found no room in logs, or gave way to later ones in packets. */
export function answersLeftOut(inLogs: number, forgotten: number): Warning[] {
  const warnings: Warning[] = [];
  if (inLogs > 0) {
    const message =
      'logs of DNS name more addresses for clients, or one more often anew, than is kept: ' +
      `${countText(inLogs)} answers name no flow`;
    warnings.push({ kind: 'answers-full', offset: null, message });
  }
  if (forgotten > 0) {
    const message =
      `DNS names more addresses for clients than are kept: ${countText(forgotten)} answers were forgotten for later ` +
      'ones, and name no flow that began after that';
    warnings.push({ kind: 'answers-forgotten', offset: null, message });
  }
  return warnings;
}

/** Packets that are in no flow, and packets and texts of flows that found no room. */
export function flowsLeftOut({ leftOut, most, offloaded }: FlowTable, texts: number): Warning[] {
  const warnings: Warning[] = [];
  const { flowless } = offloaded;
  if (flowless > 0) {
    const them =
      flowless === 1 ? '1 packet whose IP length is 0 is' : `${countText(flowless)} packets whose IP length is 0 are`;
    const message = `${them} in no flow: such a packet begins none, as in NFStream, and none was under way between its ends`;
    warnings.push({ kind: 'offloaded-left-out', offset: null, message });
  }
  if (leftOut > 0) {
    const message =
      `there are more than ${countText(most)} flows: ` +
      `of later ones only the packets are counted, ${countText(leftOut)} of them`;
    warnings.push({ kind: 'flows-full', offset: null, message });
  }
  if (texts > 0) {
    const left = countText(texts);
    const message = `there are more different names and texts than are kept: ${left} of later flows are left out`;
    warnings.push({ kind: 'texts-full', offset: null, message });
  }
  return warnings;
}

/** What DNS messages are not counted, or not counted whole. */
export function dnsLeftOut({ lost, untold, missing, times }: DnsCollector): Warning[] {
  const warnings: Warning[] = [];
  if (lost > 0) {
    const message =
      'there are more pairs of client and domain than are kept: ' +
      `${countText(lost)} DNS messages of small and old ones are not counted`;
    warnings.push({ kind: 'dns-pairs-full', offset: null, message });
  }
  if (untold > 0) {
    const message =
      'there are more DNS names than are told apart: ' +
      `names are not counted in ${countText(untold)} messages of pairs with very many`;
    warnings.push({ kind: 'dns-names-full', offset: null, message });
  }
  if (missing.lost > 0) {
    const message =
      'there are more clients that asked for names that do not exist than are kept: ' +
      `${countText(missing.lost)} such names of clients with few of them that look random are not counted`;
    warnings.push({ kind: 'dns-missing-full', offset: null, message });
  }
  if (times.leftOut > 0) {
    const left = countText(times.leftOut);
    const message = `there are more times of DNS messages than are kept: ${left} do not count for a rhythm`;
    warnings.push({ kind: 'dns-times-full', offset: null, message });
  }
  return warnings;
}

/** What the parser cannot say: how to ask for more. */
export function withAdvice(warning: Warning): Warning {
  if (warning.kind !== 'closed-tunnels') return warning;
  return { ...warning, message: `${warning.message}; open them under Settings, or with --open-tunnels` };
}

/** Faults that lie at a place of the packed bytes. */
const PLACED_IN_PACKED = new Set(['cut-compression', 'bad-compression', 'bad-checksum', 'unreadable', 'changed-file']);

/** A packed file's own faults lie at a place of the packed bytes, all others at one of what they unpack to. */
export function placedInUnpacked(warning: Warning): Warning {
  const { kind, offset, message } = warning;
  if (offset === null || PLACED_IN_PACKED.has(kind)) return warning;
  return { kind, offset, message: `${message} (the place is one of the unpacked bytes)` };
}

/** What is to be said of names, users, systems and MAC addresses of hosts that found no room. */
export function sightingsLeftOut(said: HostSightings, macs: MacLinks, names: HostNames): Warning[] {
  const warnings: Warning[] = [];
  if (names.leftOut > 0) {
    const message = `the captures name more addresses than are kept: ${countText(names.leftOut)} names are left out`;
    warnings.push({ kind: 'host-names-full', offset: null, message });
  }
  if (said.leftOut > 0) {
    const message =
      'there are more names and users of hosts than are kept: ' +
      `${countText(said.leftOut)} messages with new ones are left out`;
    warnings.push({ kind: 'hosts-full', offset: null, message });
  }
  if (macs.leftOut > 0) {
    const message =
      'there are more MAC addresses, or names that one has, than are kept: ' +
      `what ${countText(macs.leftOut)} frames say is left out`;
    warnings.push({ kind: 'macs-full', offset: null, message });
  }
  return warnings;
}

function areWords(count: number): string {
  return count === 1 ? 'is' : 'are';
}
