import type { SightingSource } from '../inspect/hosts/host-sightings.ts';
import type { Identity } from './identities.ts';
import { NO_GROUP } from './schema.ts';
import { likeness, rowsSentence, tellsProgram, type ToldRow } from './sentences.ts';
import type { StoryLine } from './story-columns.ts';

/** Sentences of each kind that a story has at most. */
const MOST_FINDINGS = 16;
const MOST_EVENTS = 8;
const MOST_USERS = 4;

const NO_CONNECTION = { group: NO_GROUP, flows: 0 } as const;

/** Sources as people write them. */
export const SOURCE_WORDS: Readonly<Record<SightingSource, string>> = {
  kerberos: 'Kerberos',
  ntlm: 'NTLM',
  dhcp: 'DHCP',
  netbios: 'NetBIOS',
  llmnr: 'LLMNR',
  mdns: 'mDNS',
  http: 'HTTP',
  ftp: 'FTP',
  pop3: 'POP3',
  imap: 'IMAP',
};

/** Something that a host did: what, how often, and to whom. */
export interface HostDeed {
  atMs: number;
  group: number;
  flows: number;
  /** "fetched a program from 198.51.100.4"; the same again and again is one sentence. */
  text: string;
}

/**
 * A host's story in the order of time: its users, what it fetched and asked, and its findings, alike ones in one sentence.
 * Of very many the first are told, of findings those of most points; the last sentence says how many more there are.
 *
 * @param rows findings, those of most points first
 */
export function storyOf(
  identities: readonly Identity[],
  deeds: readonly HostDeed[],
  rows: readonly ToldRow[],
): StoryLine[] {
  const findings = findingLines(rows);
  // A finding that says itself that a program came needs no other sentence for it.
  const said = new Set(rows.filter(tellsProgram).map(({ table, row }) => table.group[row]));
  const events = repeatedOnce(deeds.filter(({ group }) => !said.has(group)));
  const told = [
    ...usersOf(identities).slice(0, MOST_USERS),
    ...events.slice(0, MOST_EVENTS),
    ...findings.slice(0, MOST_FINDINGS),
  ].sort((a, b) => a.atMs - b.atMs);
  const more = Math.max(0, events.length - MOST_EVENTS) + Math.max(0, findings.length - MOST_FINDINGS);
  if (more === 0) return told;
  const lastMs = told.reduce((last, { untilMs }) => Math.max(last, untilMs), 0);
  return [...told, { kind: 'more', atMs: lastMs, untilMs: lastMs, text: `and ${more} more`, ...NO_CONNECTION }];
}

function findingLines(rows: readonly ToldRow[]): StoryLine[] {
  const alike = new Map<string, ToldRow[]>();
  for (const row of rows) {
    const key = likeness(row);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [row]);
    else known.push(row);
  }
  return Array.from(alike.values(), (told) => ({
    kind: 'finding',
    atMs: told.reduce((least, { table, row }) => Math.min(least, table.firstSeenMs[row]), Infinity),
    untilMs: told.reduce((most, { table, row }) => Math.max(most, table.lastSeenMs[row]), -Infinity),
    text: rowsSentence(told),
    group: told[0].table.group[told[0].row],
    flows: told[0].table.flows[told[0].row],
  }));
}

/** Deeds in the order of time, the same ones as the first of them, which says how many they were. */
function repeatedOnce(deeds: readonly HostDeed[]): StoryLine[] {
  const lines = new Map<string, StoryLine & { times: number }>();
  for (const { atMs, group, flows, text } of deeds) {
    const known = lines.get(text);
    if (known === undefined) {
      lines.set(text, { kind: 'event', atMs, untilMs: atMs, text, group, flows, times: 1 });
      continue;
    }
    known.times++;
    if (atMs < known.atMs) Object.assign(known, { atMs, group, flows });
    known.untilMs = Math.max(known.untilMs, atMs);
  }
  return Array.from(lines.values(), ({ times, text, ...line }) => {
    return { ...line, text: times === 1 ? text : `${text}, ${times} times` };
  }).sort((a, b) => a.atMs - b.atMs);
}

/** Who used it, each user once, by the surest source. */
function usersOf(identities: readonly Identity[]): StoryLine[] {
  const users = new Map<string, Identity>();
  for (const identity of identities) {
    if (identity.kind !== 'user') continue;
    const user = identity.text.toLowerCase();
    const known = users.get(user);
    if (known === undefined) users.set(user, { ...identity });
    else known.firstMs = Math.min(known.firstMs, identity.firstMs);
  }
  return Array.from(users.values(), ({ text, source, firstMs }) => {
    const sentence = `user ${text} (${SOURCE_WORDS[source]})`;
    return { kind: 'identity', atMs: firstMs, untilMs: firstMs, text: sentence, ...NO_CONNECTION };
  });
}
