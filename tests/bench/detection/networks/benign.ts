import { APERIODIC } from '../models/aperiodic.ts';
import { PERIODIC } from '../models/periodic.ts';
import type { Talk } from './talk.ts';

/** What a network's hosts do that is no infection. */
export interface Habit {
  /** A kind of traffic in `APERIODIC` or `PERIODIC`. */
  kind: string;
  talk: Talk;
  /** Where it goes: one of these for each host that does it. */
  to: readonly string[];
  /** Share of hosts that do it; below one host in the network, a device of its own. */
  share: number;
}

const web = (name: string, application: 'TLS' | 'HTTP' = 'TLS'): Talk => ({
  port: application === 'TLS' ? 443 : 80,
  protocol: 6,
  application,
  name,
  answer: 6,
});
const outside = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `198.51.100.${first + index}`);

/** Sites that people read; each host reads a few of them. */
export const SITES = 120;
export const site = (number: number): { to: string; talk: Talk } => ({
  to: `203.0.113.${number}`,
  talk: web(`www.site-${String.fromCharCode(97 + (number % 26))}${'aeiou'[number % 5]}n.example`),
});

/** By the services that office and home networks have, with the ports and names that these services use. */
export const HABITS: readonly Habit[] = [
  {
    kind: 'name lookups',
    talk: { port: 53, protocol: 17, application: 'DNS', name: 'www.example.com', answer: 0.2 },
    to: ['10.0.0.1'],
    share: 1,
  },
  {
    kind: 'time servers',
    talk: { port: 123, protocol: 17, application: 'NTP', answer: 0.1, answerSpread: 0 },
    to: outside(1, 4),
    share: 0.9,
  },
  {
    kind: 'mail polling',
    talk: { port: 993, protocol: 6, application: 'TLS', name: 'imap.example.org', answer: 3 },
    to: outside(10, 1),
    share: 0.6,
  },
  { kind: 'virus definitions', talk: web('update.eset.com'), to: outside(11, 2), share: 0.7 },
  {
    kind: 'voice keep-alive',
    talk: { port: 3478, protocol: 17, application: 'STUN', answer: 0.1 },
    to: outside(14, 2),
    share: 0.3,
  },
  {
    kind: 'monitoring',
    talk: { port: 9100, protocol: 6, application: 'HTTP', answer: 4 },
    to: ['10.0.0.2'],
    share: 0.8,
  },
  {
    kind: 'announcements',
    talk: { port: 1900, protocol: 17, application: 'SSDP', answer: 0 },
    to: ['239.255.255.250'],
    share: 0.7,
  },
  { kind: 'polled interfaces', talk: web('api.tickets.example'), to: outside(20, 2), share: 0.4 },
  { kind: 'polled interfaces', talk: web('api.rarely-used.example'), to: outside(23, 1), share: 0.03 },
  { kind: 'telemetry', talk: web('v10.events.data.microsoft.com'), to: outside(25, 3), share: 0.8 },
  { kind: 'telemetry', talk: web('metrics.small-vendor.example'), to: outside(29, 1), share: 0.06 },
  { kind: 'connections of a fixed life', talk: web('chat.example.com'), to: outside(31, 2), share: 0.4 },
  { kind: 'polled interfaces', talk: web('detectportal.firefox.com', 'HTTP'), to: outside(34, 1), share: 0.4 },
  { kind: 'content network', talk: web('static.example.net'), to: outside(36, 4), share: 0.8 },
  { kind: 'tracker', talk: web('pixel.example.net'), to: outside(41, 3), share: 0.7 },
  {
    kind: 'directory lookups',
    talk: { port: 389, protocol: 6, application: 'LDAP', answer: 2 },
    to: ['10.0.0.3'],
    share: 0.6,
  },
  {
    kind: 'logon bursts',
    talk: { port: 88, protocol: 6, application: 'Kerberos', answer: 1 },
    to: ['10.0.0.3'],
    share: 0.6,
  },
  {
    kind: 'shared files',
    talk: { port: 445, protocol: 6, application: 'SMBv23', answer: 3 },
    to: ['10.0.0.3'],
    share: 0.5,
  },
  { kind: 'updates', talk: web('download.windowsupdate.com', 'HTTP'), to: outside(45, 2), share: 0.5 },
  {
    kind: 'retries that back off',
    talk: { port: 443, protocol: 6, application: 'TLS', answer: 0 },
    to: outside(48, 3),
    share: 0.2,
  },
  {
    kind: 'unanswered attempts',
    talk: { port: 9100, protocol: 6, application: 'Unknown', answer: 0 },
    to: ['10.0.0.99'],
    share: 0.3,
  },
  {
    kind: 'peer to peer',
    talk: { port: 51_413, protocol: 17, application: 'BitTorrent', answer: 2 },
    to: outside(60, 30),
    share: 0.06,
  },
  {
    kind: 'calls',
    talk: { port: 5061, protocol: 6, application: 'TLS', name: 'sip.example.org', answer: 1 },
    to: outside(52, 1),
    share: 0.2,
  },
  // Devices that call their vendor in a way of their own.
  {
    kind: 'polled interfaces',
    talk: { port: 6668, protocol: 6, application: 'Unknown', answer: 0.2 },
    to: outside(54, 1),
    share: 0.03,
  },
  {
    kind: 'telemetry',
    talk: { port: 8883, protocol: 6, application: 'TLS', name: 'mqtt.plugs.example', answer: 0.3 },
    to: outside(55, 1),
    share: 0.06,
  },
  {
    kind: 'polled interfaces',
    talk: { port: 443, protocol: 6, application: 'TLS', answer: 0.5, answerSpread: 0 },
    to: outside(56, 1),
    share: 0.03,
  },
];

/** How the times and sizes of a habit are drawn. */
export function modelOf({ kind }: Habit): (typeof APERIODIC)[string] {
  return APERIODIC[kind] ?? PERIODIC[kind];
}
