import { PROTOCOL_UDP } from 'pcap-ts-parser';

/**
 * Ports of services that give names: mDNS, LLMNR, NetBIOS, DNS over TLS (IANA); those of DNS itself are told by
 * content.
 */
export const NAMING_PORTS: ReadonlySet<number> = new Set([5353, 5355, 137, 138, 853]);

/** UDP ports of services that keep time or keep alive by design: NTP, DHCP(v6), SSDP, SNMP, syslog. */
const CLOCK_UDP_PORTS: ReadonlySet<number> = new Set([123, 67, 68, 546, 547, 1900, 161, 162, 514]);
/** The same over any protocol: MQTT and STUN. */
const CLOCK_PORTS: ReadonlySet<number> = new Set([1883, 8883, 3478, 3479, 19302]);

/** Whether a port is one of a service that keeps time or keeps alive by design. */
export function isClockPort(protocol: number, port: number): boolean {
  return CLOCK_PORTS.has(port) || (protocol === PROTOCOL_UDP && CLOCK_UDP_PORTS.has(port));
}

/** Ports below this belong to services (RFC 6335, section 6); systems take those that they connect from above the other. */
const FIRST_FREE_PORT = 1024;
const FIRST_CHOSEN_PORT = 32_768;

/** Whether of two ends that talk the one with this port is the server, by both ports. */
export function servesAt(port: number, other: number): boolean {
  if (port < FIRST_FREE_PORT || other < FIRST_FREE_PORT) return port < FIRST_FREE_PORT && other >= FIRST_FREE_PORT;
  return port < FIRST_CHOSEN_PORT && other >= FIRST_CHOSEN_PORT;
}
