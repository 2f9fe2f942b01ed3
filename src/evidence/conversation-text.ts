import { CLIENT, type Conversation, MOST_OTHERS } from './evidence.ts';

/** How the bytes of a conversation are shown. */
export const BYTE_FORMS = ['text', 'hex'] as const;
export type ByteForm = (typeof BYTE_FORMS)[number];

const HEX_BYTES = 16;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const DOT = 0x2e;
/** Of the bytes of a text so many are printed as they are, at least. */
const TEXT_SHARE = 0.9;

/** One turn of a conversation. */
export interface Turn {
  fromClient: boolean;
  atMs: number;
  /** Bytes that are missing before it. */
  missing: number;
  bytes: Uint8Array;
}

/** The turns of a conversation. */
export function turnsOf({ bytes, start, side, atMs, missing }: Conversation): Turn[] {
  return Array.from(start, (first, turn) => ({
    fromClient: side[turn] === CLIENT,
    atMs: atMs[turn],
    missing: missing[turn],
    bytes: bytes.subarray(first, start[turn + 1] ?? bytes.length),
  }));
}

/**
 * Bytes as text that is safe anywhere: printable ASCII, tabs and line ends as they are, a dot for everything else. Only
 * line feeds end lines.
 */
export function asciiText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) continue;
    const isShown = (byte >= 0x20 && byte < 0x7f) || byte === LINE_FEED || byte === TAB;
    parts.push(isShown ? String.fromCharCode(byte) : '.');
  }
  return parts.join('');
}

/** Whether bytes are text for the most part, which says more than their digits do. */
export function isMostlyText(bytes: Uint8Array): boolean {
  const letters = asciiText(bytes.map((byte) => (byte === DOT ? SPACE : byte)));
  return letters.replaceAll('.', '').length >= TEXT_SHARE * letters.length;
}

/** Sixteen bytes a line: where they are, each in two digits, and what can be printed of them. */
export function hexText(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += HEX_BYTES) {
    const row = bytes.subarray(at, at + HEX_BYTES);
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = asciiText(row.map((byte) => (byte === LINE_FEED || byte === TAB ? 0 : byte)));
    lines.push(`${at.toString(16).padStart(6, '0')}  ${digits.padEnd(3 * HEX_BYTES - 1)}  ${letters}`);
  }
  return lines.join('\n');
}

/** A conversation as plain text: a line for each turn that says whose it is, and under it what was said. */
export function conversationText(conversation: Conversation, form: ByteForm): string {
  const turns = turnsOf(conversation).map(({ fromClient, atMs, missing, bytes }) => {
    const gap = missing > 0 ? `[${missing} bytes are missing here]\n` : '';
    const head = `${fromClient ? '>> client' : '<< server'}, ${new Date(atMs).toISOString()}, ${bytes.length} bytes`;
    return `${gap}${head}\n${form === 'hex' ? hexText(bytes) : asciiText(bytes)}\n`;
  });
  return turns.join('\n') + notesText(conversation);
}

/** What is to be known of a conversation beside what was said; '' for nothing. */
export function conversationNotes({ unread, cut, repeated, lost, otherFlows }: Conversation): string[] {
  // Of more it is not known how many there are.
  const more = otherFlows === MOST_OTHERS ? ' or more' : '';
  return [
    unread,
    cut ? 'More was said: the first megabyte, or 20,000 turns, is kept.' : '',
    lost > 0 ? `${lost} bytes are missing: they never came, or the capture cut them off.` : '',
    repeated > 0 ? `${repeated} segments came again and count once.` : '',
    otherFlows > 0 ? `${otherFlows}${more} other flows between these ends were not followed.` : '',
  ].filter((note) => note !== '');
}

function notesText(conversation: Conversation): string {
  const notes = conversationNotes(conversation);
  return notes.length === 0 ? '' : `\n${notes.join('\n')}\n`;
}
