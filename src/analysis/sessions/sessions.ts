/** How a session ended: not seen, by a FIN, by a reset. */
export const OPEN = 0;
export const CLOSED_BY_FIN = 1;
export const CLOSED_BY_RESET = 2;

/** Messages of one session in order of arrival, `length` of them; the arrays may be longer. */
export interface Messages {
  length: number;
  /** Microseconds after the session's start. */
  timesUs: Float64Array;
  /** 0 for the lower end of the conversation, 1 for the higher. */
  sides: Uint8Array;
  /** 1 where both sides had been silent for more than a second. */
  openers: Uint8Array;
  /** Payload bytes, 65,535 at most. */
  sizes: Uint16Array;
}

/** Keep-alive probes of a session. */
export interface KeepAlive {
  /** By side. */
  probes: [number, number];
  /** Median of the silence before them in seconds, of the first 32. */
  silenceS: number;
}

/** All sessions, by number. */
export interface Sessions {
  /** How many conversations there are; a session's conversation is below it. */
  readonly conversations: number;
  readonly length: number;
  /** Messages and probes that found no room in the memory for all of them. */
  readonly lostMessages: number;
  conversationOf(session: number): number;
  /** Time of the first packet, in milliseconds since 1970 with fractions. */
  startMs(session: number): number;
  /** From the first packet to the latest, in whole milliseconds. */
  durationMs(session: number): number;
  /** New payload bytes of a side. */
  bytes(session: number, side: number): number;
  retransmitted(session: number): number;
  /** `OPEN`, `CLOSED_BY_FIN` or `CLOSED_BY_RESET`. */
  closed(session: number): number;
  /** Whether a SYN of either side was seen. */
  synSeen(session: number): boolean;
  /** The side that sent the SYN or got the SYN-ACK; without either, the one that sent the first packet. */
  firstSender(session: number): number;
  /** All messages, also those that were not kept. */
  messagesSeen(session: number): number;
  /** Messages that were kept, the first ones. */
  messagesKept(session: number): number;
  /** Seconds of the session, counted from its start, in which new payload came, and all its seconds begun. */
  busySeconds(session: number): number;
  seconds(session: number): number;
  /** Null without probes. */
  keepAlive(session: number): KeepAlive | null;
  /** Writes a session's messages into `into`, which has room for `MOST_MESSAGES`, and returns it. */
  messages(session: number, into: Messages): Messages;
}
