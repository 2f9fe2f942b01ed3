import { APPLICATIONS } from '../analysis/protocols/application-ids.ts';
import { VERDICTS } from '../analysis/report/case.ts';
import { BADGE_WORDS } from '../analysis/triage/badge.ts';

/**
 * What a field's values are. "end" is an address or a name, "share" runs from 0 to 1 and may be written in percent,
 * "percent" from 0 to 100, "duration" counts seconds, "time" milliseconds since 1970.
 */
export type FieldKind =
  | 'end'
  | 'address'
  | 'text'
  | 'number'
  | 'share'
  | 'percent'
  | 'duration'
  | 'size'
  | 'time'
  | 'protocol'
  | 'flag';

interface FieldSpec {
  kind: FieldKind;
  /** One line that says what it is, for the list of completions. */
  meaning: string;
  /** Other names that it goes by. */
  also?: readonly string[];
  /** Whether its name alone asks for the rows that have a value. */
  alone?: true;
  /** What its values are, where there are only some. */
  choices?: readonly string[];
}

/** RITA's words for its threat score, and where each begins and ends. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

const FIELD_LIST = {
  src: { kind: 'end', meaning: 'the client: its address', also: ['source'] },
  dst: { kind: 'end', meaning: 'the server: its address or its name', also: ['destination'] },
  host: { kind: 'end', meaning: 'either end: an address or a name' },
  addr: { kind: 'address', meaning: 'the address of either end' },
  name: { kind: 'text', meaning: 'the name of the server; in the list of DNS the domain' },
  port: { kind: 'number', meaning: 'the port of the server', also: ['dport'] },
  sport: { kind: 'number', meaning: 'the port of the client, in the list of long connections' },
  proto: { kind: 'protocol', meaning: 'the IP protocol: tcp, udp, icmp or a number', also: ['protocol'] },
  app: {
    kind: 'text',
    meaning: 'what is spoken: TLS, HTTP, DNS ...',
    also: ['application', 'service'],
    choices: APPLICATIONS,
  },
  ja3: { kind: 'text', meaning: 'the fingerprint of the client: JA3, HASSH or the options of DHCP' },
  ja3s: { kind: 'text', meaning: 'the fingerprint of the server: JA3S or HASSH' },
  ja4: { kind: 'text', meaning: 'the JA4 fingerprint of the client' },
  ja4s: { kind: 'text', meaning: 'the JA4S fingerprint of the server' },
  ua: { kind: 'text', meaning: 'the user agent of HTTP', also: ['useragent', 'user_agent'] },
  mime: { kind: 'text', meaning: 'the content type of HTTP', also: ['content_type'] },
  flows: { kind: 'number', meaning: 'the number of flows', also: ['count'] },
  bytes: { kind: 'size', meaning: 'bytes both ways: 1500, 10kB, 5MB, 1GiB' },
  sent: { kind: 'size', meaning: 'bytes from the client to the server' },
  received: { kind: 'size', meaning: 'bytes from the server to the client' },
  score: { kind: 'share', meaning: 'the score of the rhythm, 0 to 1' },
  rita: { kind: 'share', meaning: "RITA's score, 0 to 1" },
  beacon: { kind: 'percent', meaning: "RITA's score in percent, 0 to 100" },
  notebook: { kind: 'share', meaning: "the notebook's score, 0 to 1" },
  corrected: { kind: 'share', meaning: "the notebook's score, corrected, 0 to 1" },
  points: { kind: 'number', meaning: 'the points of triage' },
  findings: { kind: 'number', meaning: 'connections to be read first or next, in the list of hosts' },
  badge: { kind: 'text', meaning: 'what triage says: read first, read next ...', choices: Object.values(BADGE_WORDS) },
  reason: { kind: 'text', meaning: 'why it has its points: "steady rhythm" ...' },
  interval: { kind: 'duration', meaning: 'the interval of the rhythm: 60, 60s, 5m, 1.5h' },
  jitter: { kind: 'share', meaning: 'how far the rhythm strays: 0.2 or 20%' },
  duration: { kind: 'duration', meaning: 'from the first packet to the last: 90s, 2h, 2h45m' },
  first: { kind: 'time', meaning: 'when it was first seen: 2026-01-31T10:00, or 10:00 on any day' },
  last: { kind: 'time', meaning: 'when it was last seen: 2026-01-31T10:00, or 10:00 on any day' },
  severity: { kind: 'text', meaning: "RITA's word for the beacon: high, medium, low", choices: SEVERITIES },
  watched: { kind: 'flag', meaning: 'whether the watch list meets it: true or false', also: ['threat_intel'] },
  new: { kind: 'flag', meaning: 'whether the baseline does not know where it goes: true or false' },
  aside: { kind: 'flag', meaning: 'whether the allow list sets it aside: true or false' },
  verdict: { kind: 'text', meaning: 'what you decided about it', alone: true, choices: VERDICTS },
  tag: { kind: 'text', meaning: 'a tag that you gave it', also: ['tags'], alone: true },
  note: { kind: 'text', meaning: 'what you noted of it', also: ['notes'], alone: true },
  user: { kind: 'text', meaning: 'who logged on, in the list of hosts', also: ['username'] },
  system: { kind: 'text', meaning: 'what a host runs: Windows 10.0 ..., in the list of hosts', also: ['os'] },
  mac: { kind: 'text', meaning: 'the MAC address, in the list of hosts' },
  vendor: { kind: 'text', meaning: 'who made the adapter, in the list of hosts' },
  query: { kind: 'text', meaning: 'a name that was asked for in DNS' },
  domain: { kind: 'text', meaning: 'the registrable domain, in the list of DNS' },
  resolver: { kind: 'address', meaning: 'who was asked, in the list of DNS' },
  queries: { kind: 'number', meaning: 'the number of questions, in the list of DNS' },
  subdomains: { kind: 'number', meaning: 'names below a domain, in the list of DNS' },
  rtype: { kind: 'text', meaning: 'the types of records asked for: A, TXT ..., in the list of DNS' },
  sign: { kind: 'text', meaning: 'what is odd about a domain, in the list of DNS' },
  messages: { kind: 'number', meaning: 'messages of a session, in the list of long connections' },
  idle: { kind: 'share', meaning: 'the share of silent seconds, in the list of long connections' },
  open: { kind: 'flag', meaning: 'whether its end was not seen, in the list of long connections' },
} as const satisfies Record<string, FieldSpec>;

export type Field = keyof typeof FIELD_LIST;

export const FIELDS: Readonly<Record<Field, FieldSpec>> = FIELD_LIST;
export const FIELD_NAMES = Object.keys(FIELD_LIST) as Field[];

const BY_NAME: ReadonlyMap<string, Field> = new Map(
  FIELD_NAMES.flatMap((field) => [field, ...(FIELDS[field].also ?? [])].map((name) => [name, field] as const)),
);

/** The field of a name, in any case; null for none. */
export function fieldOf(name: string): Field | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
