import { hostText } from '../flows/name-sources.ts';
import type { ScoredTable } from '../connections/scored-table.ts';
import { intervalWords } from '../durations.ts';
import { protocolName } from '../net/protocol-names.ts';
import { WEAK_RHYTHM } from '../scores/rhythm-levels.ts';
import { LEVELS } from '../sessions/joined.ts';
import type { Line } from '../triage/lines.ts';
import type { NameRhythm } from '../triage/facts.ts';

/** Reasons that a sentence gives: those of most points. */
const MOST_REASONS = 3;
/** Ends that a sentence names where several connections are alike. */
const MOST_ENDS = 3;
/** Lines that the sentence says already. */
const BY_NAME = 'byname';
const SAID: ReadonlySet<string> = new Set(['rhythm', BY_NAME, 'weak']);
/** The line of a connection by which a program came: the sentence says so instead of giving it as a reason. */
const PROGRAM = 'program';

/** What a sentence is made of: a listed connection with its texts. */
export interface ToldRow {
  table: ScoredTable;
  row: number;
  /** Its destination as text, and its name or ''. */
  destination: string;
  name: string;
  lines: readonly Line[];
  /** The rhythm that its host calls its name on, at several addresses. */
  byName: NameRhythm;
  /** Rows folded under it. */
  twins: number;
}

/** A host with its port: "updates.example.net:443", "[2001:db8::9]:443"; without a port the host alone. */
export function endText(host: string, port: number): string {
  // Some names are said with their port, as the Host of SSDP is.
  if (host.endsWith(`:${port}`) && host.indexOf(':') === host.lastIndexOf(':')) return host;
  return `${host.includes(':') ? `[${host}]` : host}${port === 0 ? '' : `:${port}`}`;
}

/** "checks in with evil.example:443 every 2.0 min, 58 times: TLS without a server name, ...". */
export function rowSentence(told: ToldRow): string {
  return rowsSentence([told]);
}

/** The same of connections that are alike (see `likeness`): "connected to 203.0.113.9:8080, 198.51.100.7:80 and 4 others: ...". */
export function rowsSentence(told: readonly ToldRow[]): string {
  const reasons = reasonsOf(told[0]);
  return `${deedOf(told)}${reasons === '' ? '' : `: ${reasons}`}`;
}

/** A sentence as what was done and the reasons why it is told, '' for none. */
export function sentenceParts(sentence: string): [deed: string, reasons: string] {
  const [deed, reasons = ''] = sentence.split(/: (.*)/, 2);
  return [deed, reasons];
}

/** Connections of a host with the same text are told in one sentence: they have the same reasons. Each rhythm is its own. */
export function likeness(told: ToldRow): string {
  return isRhythmic(told) ? `row ${told.row}` : `${verb(told)}: ${reasonsOf(told)}`;
}

/** Whether the sentence says that a program came by the connection. */
export function tellsProgram({ lines }: ToldRow): boolean {
  return lines.some(({ id }) => id === PROGRAM);
}

/** What a connection is read for, in the order of its points. */
function reasonsOf(told: ToldRow): string {
  const isSaid = (id: string): boolean => SAID.has(id) || (id === PROGRAM && !isRhythmic(told));
  return told.lines
    .filter(({ id, points }) => points > 0 && !isSaid(id))
    .toSorted((a, b) => b.points - a.points)
    .slice(0, MOST_REASONS)
    .map(({ phrase }) => phrase)
    .join('; ');
}

function deedOf(told: readonly ToldRow[]): string {
  const [first] = told;
  if (isByName(first)) {
    const { intervalS, flows, addresses } = first.byName;
    return `checks in with ${endOf(first)} every ${paceWords(intervalS)}, ${timesWords(flows)}, at ${addresses} addresses`;
  }
  const { table, row } = first;
  const ends = [...new Set(told.map(endOf))];
  const others = first.twins + ends.slice(MOST_ENDS).length;
  const named = listText([...ends.slice(0, MOST_ENDS), ...(others === 0 ? [] : [counted(others, 'other')])]);
  if (!isRhythmic(first)) {
    const flows = told.reduce((sum, one) => sum + table.flows[one.row], 0);
    return `${verb(first)} ${named}${flows === 1 || told.length > 1 ? '' : `, ${timesWords(flows)}`}`;
  }
  const { intervalS, present, level } = table.joined;
  // The first check-in after a silence is no less one than those that a period passed before.
  const afterSilences = LEVELS[level[row]] === 'flow' ? table.rhythm.silences[row] : 0;
  return `checks in with ${named} every ${paceWords(intervalS[row])}, ${timesWords(present[row] + afterSilences)}`;
}

function paceWords(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : intervalWords(seconds);
}

function verb(told: ToldRow): string {
  const { table, row } = told;
  if (tellsProgram(told)) return 'fetched a program from';
  return table.destinationPort[row] === 0 ? `sent ${protocolName(table.protocol[row])} to` : 'connected to';
}

function isRhythmic(told: ToldRow): boolean {
  return told.table.joined.score[told.row] >= WEAK_RHYTHM || isByName(told);
}

/** Whether its rhythm is that of its name, at several addresses. */
function isByName({ lines }: ToldRow): boolean {
  return lines.some(({ id }) => id === BY_NAME);
}

function endOf({ table, row, destination, name }: ToldRow): string {
  const port = table.destinationPort[row];
  return endText(hostText(name, table.nameSource[row], port, destination), port);
}

/** "a", "a and b", "a, b and c". */
function listText(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function timesWords(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
