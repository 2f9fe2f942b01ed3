import { type ColumnsOf, createColumns, type Schema } from '../memory/schema.ts';
import { createMessages } from './series.ts';
import type { KeepAlive, Messages, Sessions } from './sessions.ts';

/**
 * What is known of a session, independent of how its packets were counted: what a saved analysis keeps. Bytes and
 * probes are of the lower and the higher end; `silenceS` is NaN without probes.
 */
export const SESSION_SCHEMA = {
  conversation: { type: 'u32' },
  startMs: { type: 'f64' },
  durationMs: { type: 'u32' },
  bytesLower: { type: 'f64' },
  bytesHigher: { type: 'f64' },
  retransmitted: { type: 'u32' },
  closed: { type: 'u8' },
  synSeen: { type: 'u8' },
  firstSender: { type: 'u8' },
  messagesSeen: { type: 'u32' },
  messagesKept: { type: 'u16' },
  busySeconds: { type: 'u32' },
  probesLower: { type: 'u32' },
  probesHigher: { type: 'u32' },
  silenceS: { type: 'f64' },
} as const satisfies Schema;

/** The messages of all sessions, one session's behind the other's: see `Messages`. */
export const MESSAGE_SCHEMA = {
  timesUs: { type: 'f64' },
  sides: { type: 'u8' },
  openers: { type: 'u8' },
  sizes: { type: 'u16' },
} as const satisfies Schema;

/** Sessions as columns. */
export interface SessionRows {
  conversations: number;
  length: number;
  lostMessages: number;
  rows: ColumnsOf<typeof SESSION_SCHEMA>;
  messages: ColumnsOf<typeof MESSAGE_SCHEMA>;
}

/**
 * Sessions as columns: those that are `kept`, with the messages of them that came in some time. All of all of them
 * where nothing else is said.
 *
 * @param range in milliseconds since 1970, both ends included
 */
export function sessionRows(
  sessions: Sessions,
  kept: Uint32Array = Uint32Array.from({ length: sessions.length }, (_, session) => session),
  range = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY },
): SessionRows {
  const rows = createColumns(SESSION_SCHEMA, kept.length);
  const room = kept.reduce((sum, session) => sum + sessions.messagesKept(session), 0);
  const messages = createColumns(MESSAGE_SCHEMA, room);
  const own = createMessages();
  let used = 0;
  for (let row = 0; row < kept.length; row++) {
    const session = kept[row];
    const first = used;
    sessions.messages(session, own);
    for (let index = 0; index < own.length; index++) {
      const ms = sessions.startMs(session) + own.timesUs[index] / 1000;
      if (ms < range.fromMs || ms > range.toMs) continue;
      messages.timesUs[used] = own.timesUs[index];
      messages.sides[used] = own.sides[index];
      messages.openers[used] = own.openers[index];
      messages.sizes[used++] = own.sizes[index];
    }
    const isWhole = used - first === own.length;
    writeRow(rows, row, sessions, session);
    rows.messagesKept[row] = used - first;
    if (!isWhole) rows.messagesSeen[row] = used - first;
  }
  return {
    conversations: sessions.conversations,
    length: kept.length,
    lostMessages: sessions.lostMessages,
    rows,
    messages: {
      timesUs: messages.timesUs.slice(0, used),
      sides: messages.sides.slice(0, used),
      openers: messages.openers.slice(0, used),
      sizes: messages.sizes.slice(0, used),
    },
  };
}

function writeRow(rows: SessionRows['rows'], row: number, sessions: Sessions, session: number): void {
  const keepAlive = sessions.keepAlive(session);
  rows.conversation[row] = sessions.conversationOf(session);
  rows.startMs[row] = sessions.startMs(session);
  rows.durationMs[row] = sessions.durationMs(session);
  rows.bytesLower[row] = sessions.bytes(session, 0);
  rows.bytesHigher[row] = sessions.bytes(session, 1);
  rows.retransmitted[row] = sessions.retransmitted(session);
  rows.closed[row] = sessions.closed(session);
  rows.synSeen[row] = sessions.synSeen(session) ? 1 : 0;
  rows.firstSender[row] = sessions.firstSender(session);
  rows.messagesSeen[row] = sessions.messagesSeen(session);
  rows.busySeconds[row] = sessions.busySeconds(session);
  rows.probesLower[row] = keepAlive?.probes[0] ?? 0;
  rows.probesHigher[row] = keepAlive?.probes[1] ?? 0;
  rows.silenceS[row] = keepAlive?.silenceS ?? Number.NaN;
}

/** Sessions that are columns already: those of a saved analysis, and those of a part of one. */
export class ListedSessions implements Sessions {
  readonly conversations: number;
  readonly length: number;
  readonly lostMessages: number;
  private readonly rows: SessionRows['rows'];
  private readonly stored: SessionRows['messages'];
  /** By session: its first message. */
  private readonly offsets: Uint32Array;

  constructor({ conversations, length, lostMessages, rows, messages }: SessionRows) {
    this.conversations = conversations;
    this.length = length;
    this.lostMessages = lostMessages;
    this.rows = rows;
    this.stored = messages;
    this.offsets = new Uint32Array(length);
    for (let row = 1; row < length; row++) this.offsets[row] = this.offsets[row - 1] + rows.messagesKept[row - 1];
  }

  conversationOf(session: number): number {
    return this.rows.conversation[session];
  }

  startMs(session: number): number {
    return this.rows.startMs[session];
  }

  durationMs(session: number): number {
    return this.rows.durationMs[session];
  }

  bytes(session: number, side: number): number {
    return (side === 0 ? this.rows.bytesLower : this.rows.bytesHigher)[session];
  }

  retransmitted(session: number): number {
    return this.rows.retransmitted[session];
  }

  closed(session: number): number {
    return this.rows.closed[session];
  }

  synSeen(session: number): boolean {
    return this.rows.synSeen[session] === 1;
  }

  firstSender(session: number): number {
    return this.rows.firstSender[session];
  }

  messagesSeen(session: number): number {
    return this.rows.messagesSeen[session];
  }

  messagesKept(session: number): number {
    return this.rows.messagesKept[session];
  }

  busySeconds(session: number): number {
    return this.rows.busySeconds[session];
  }

  seconds(session: number): number {
    return Math.floor(this.durationMs(session) / 1000) + 1;
  }

  keepAlive(session: number): KeepAlive | null {
    const { probesLower, probesHigher, silenceS } = this.rows;
    const probes: KeepAlive['probes'] = [probesLower[session], probesHigher[session]];
    return probes[0] + probes[1] === 0 ? null : { probes, silenceS: silenceS[session] };
  }

  messages(session: number, into: Messages): Messages {
    const { stored } = this;
    const first = this.offsets[session];
    const end = first + this.rows.messagesKept[session];
    into.length = end - first;
    into.timesUs.set(stored.timesUs.subarray(first, end));
    into.sides.set(stored.sides.subarray(first, end));
    into.openers.set(stored.openers.subarray(first, end));
    into.sizes.set(stored.sizes.subarray(first, end));
    return into;
  }
}
