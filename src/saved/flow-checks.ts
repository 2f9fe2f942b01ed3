import { emptyColumns, type FlowColumns, NO_CONVERSATION, RESUMED } from '../analysis/flows/columns.ts';
import { NAME_SOURCES, TRACE_KINDS } from '../analysis/flows/name-sources.ts';
import { ALL_OBSERVED } from '../analysis/flows/observed.ts';
import { AddressList } from '../analysis/net/address-list.ts';
import { APPLICATIONS } from '../analysis/protocols/application-ids.ts';
import { ALL_SIGNS } from '../analysis/protocols/signs.ts';
import { type Check, columnsLike, count, number, partsOf, said, saidTexts, texts } from './checks.ts';
import { SavedFault } from './unpack.ts';

/** What flows point into: how many there are of it. */
interface Bounds {
  length: number;
  addresses: number;
  names: number;
  texts: number;
}

/** Columns whose values are no mere numbers: they are below this. */
const ENDS: Partial<Record<keyof FlowColumns, (bounds: Bounds) => number>> = {
  source: ({ addresses }) => addresses,
  destination: ({ addresses }) => addresses,
  through: ({ addresses }) => addresses + 1,
  firstPiece: ({ length }) => length,
  name: ({ names }) => names,
  resolvedName: ({ names }) => names,
  hostName: ({ names }) => names,
  certificate: ({ texts: of }) => of,
  clientFingerprint: ({ texts: of }) => of,
  serverFingerprint: ({ texts: of }) => of,
  ja4: ({ texts: of }) => of,
  ja4s: ({ texts: of }) => of,
  userAgent: ({ texts: of }) => of,
  contentType: ({ texts: of }) => of,
  request: ({ texts: of }) => of,
  swapped: () => 2,
  failed: () => 2,
  applicationGuessed: () => 2,
  expirationId: () => 2,
  begin: () => RESUMED + 1,
  observed: () => ALL_OBSERVED + 1,
  signs: () => ALL_SIGNS + 1,
  application: () => APPLICATIONS.length,
  nameSource: () => NAME_SOURCES.length,
};

/** Columns that are numbers of bytes or milliseconds, kept with 64 bits: they could be anything. */
const AMOUNTS = new Set<keyof FlowColumns>([
  'sinceMs',
  'durationMs',
  'bytesSent',
  'bytesReceived',
  'payloadSent',
  'payloadReceived',
  'ipBytesSent',
  'ipBytesReceived',
]);

/** Flows whose conversations are below `conversations`, or `NO_CONVERSATION`. */
export function flowColumns(conversations: number): Check<FlowColumns> {
  /** What is there twice in a file is one array. */
  const lists = new Map<unknown, AddressList>();
  const addressesOf = (given: unknown, at: string): AddressList => {
    const known = lists.get(given) ?? AddressList.of(saidTexts(given, at));
    lists.set(given, known);
    return known;
  };
  return (value, at) => {
    const parts = partsOf(value, at);
    const length = count(parts['length'], `${at}.length`);
    const shared = {
      addresses: addressesOf(parts['addresses'], `${at}.addresses`),
      names: withNothing(saidTexts(parts['names'], `${at}.names`), `${at}.names`),
      texts: withNothing(texts(parts['texts'], `${at}.texts`), `${at}.texts`),
    };
    const bounds = {
      length,
      addresses: shared.addresses.length,
      names: shared.names.length,
      texts: shared.texts.length,
    };
    const columns = columnsLike(emptyColumns(0), (name) => ({
      length: lengthOf(name, parts[name], bounds),
      end: name in ENDS ? ENDS[name]?.(bounds) : AMOUNTS.has(name) ? Number.MAX_SAFE_INTEGER : undefined,
    }))(value, at);
    const flows = { ...columns, ...shared, length, originMs: number()(parts['originMs'], `${at}.originMs`) };
    if (flows.conversation.some((of) => of >= conversations && of !== NO_CONVERSATION))
      throw new SavedFault(`${at}.conversation numbers conversations that do not exist`);
    checkTexts(flows, at);
    return flows;
  };
}

/** What is kept by address is as long as those; without packets there are no conversations. */
function lengthOf(name: keyof FlowColumns, given: unknown, { length, addresses }: Bounds): number {
  if (name === 'hostName') return addresses;
  return name === 'conversation' && ArrayBuffer.isView(given) && given.byteLength === 0 ? 0 : length;
}

/** Texts of which the first is the empty one: what flows without any point to. */
function withNothing(read: string[], at: string): string[] {
  if (read[0] !== '') throw new SavedFault(`${at} does not begin with the empty text`);
  return read;
}

/** Texts are what packets said; those of certificates have several lines, and no other column points to one of them. */
function checkTexts(flows: FlowColumns, at: string): void {
  const hasLines = flows.texts.map((text) => text.includes('\n'));
  flows.texts.forEach((text, place) => said(text.replaceAll('\n', ''), `${at}.texts[${place}]`));
  if (!hasLines.includes(true)) return;
  for (const column of TRACE_KINDS) {
    if (flows[column].some((text) => hasLines[text]))
      throw new SavedFault(`${at}.${column} is of several lines: the file was not saved by Beaconscope`);
  }
}
