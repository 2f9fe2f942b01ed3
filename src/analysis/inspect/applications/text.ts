import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { contains, isAtPort, type Payload, startsWith, u8 } from './payload.ts';

const id = applicationId;
const SMTP = id('SMTP');
const FTP = id('FTP_CONTROL');
const POP3 = id('POP3');
const IMAP = id('IMAP');
const USENET = id('Usenet');
const IRC = id('IRC');
const SYSLOG = id('Syslog');

/** Beginnings that no other protocol has. */
const BEGINNINGS: readonly (readonly [string, number])[] = [
  ['RFB 003.', id('VNC')],
  ['RFB 004.', id('VNC')],
  ['RFB 005.', id('VNC')],
  ['\u0013BitTorrent protocol', id('BitTorrent')],
  ['GNUTELLA CONNECT/', id('Gnutella')],
  ['GNUTELLA/', id('Gnutella')],
  ['# munin node at ', id('Munin')],
  ['@RSYNCD:', id('RSYNC')],
  ['AMQP\u0000', id('AMQP')],
  ['EHLO ', SMTP],
  ['HELO ', SMTP],
  ['MAIL FROM:', SMTP],
  ['* OK ', IMAP],
  ['* PREAUTH ', IMAP],
  ['+OK ', POP3],
  ['+OK\r', POP3],
  ['NICK ', IRC],
  [':irc.', IRC],
  ['CAP LS', IRC],
];

/** What servers of files say of themselves; SMTP is said by those of mail. */
const FTP_SERVERS = ['FTP server', 'FTPd', 'FileZilla'];

/** Words of clients that several protocols have; the port decides. */
const COMMANDS = ['USER ', 'PASS ', 'AUTH ', 'CAPA', 'STLS', 'QUIT', 'APOP ', 'LIST', 'STAT'];

const MINING = [
  'mining.subscribe',
  'mining.authorize',
  'mining.notify',
  'eth_submitLogin',
  'eth_getWork',
  'eth_login',
  'getblocktemplate',
];
const LOGIN = ['"login"', '"pass"', '"agent"'];

/** Recognises protocols over TCP whose first message is readable text, HTTP and its kin left out. */
export function recogniseText(packet: Payload): number {
  const first = u8(packet, 0);
  if (first === 0x3c) return isXmpp(packet) ? id('Jabber') : syslogOver(packet);
  if (first === 0x7b) return isMining(packet) ? id('Mining') : UNKNOWN;
  if (first === 0x2a && isRedis(packet)) return id('Redis');
  for (const [beginning, application] of BEGINNINGS) {
    if (startsWith(packet, beginning)) return application;
  }
  if (startsWith(packet, '220 ') || startsWith(packet, '220-')) return greeting(packet);
  const isWelcome = startsWith(packet, '200 ') || startsWith(packet, '201 ');
  if (isWelcome && (isAtPort(packet, 119) || contains(packet, 'NNTP'))) return USENET;
  for (const command of COMMANDS) {
    if (startsWith(packet, command)) return commandName(packet);
  }
  if (isAtPort(packet, 143) && contains(packet, ' CAPABILITY')) return IMAP;
  if (startsWith(packet, '8=') && contains(packet, '\u00019=')) return id('FIX');
  return isGit(packet) ? id('Git') : UNKNOWN;
}

/** A priority in angle brackets, at most 191 (RFC 5424, section 6.2.1), and text behind it. */
export function isSyslog(packet: Payload): boolean {
  let at = 1;
  let priority = 0;
  while (at < 5 && isDigit(u8(packet, at))) priority = priority * 10 + u8(packet, at++) - 0x30;
  const behind = u8(packet, at + 1);
  return (
    u8(packet, 0) === 0x3c && at > 1 && priority <= 191 && u8(packet, at) === 0x3e && behind >= 0x20 && behind < 0x7f
  );
}

function syslogOver(packet: Payload): number {
  return isSyslog(packet) ? SYSLOG : UNKNOWN;
}

/** Mail and file servers greet with the same number, and usually say what they are. */
function greeting(packet: Payload): number {
  if (isAtPort(packet, 21) || FTP_SERVERS.some((word) => contains(packet, word))) return FTP;
  if (isAtPort(packet, 25) || isAtPort(packet, 587) || contains(packet, 'SMTP')) return SMTP;
  return contains(packet, 'FTP') ? FTP : UNKNOWN;
}

function commandName(packet: Payload): number {
  if (isAtPort(packet, 21)) return FTP;
  if (isAtPort(packet, 110)) return POP3;
  return startsWith(packet, 'USER ') && contains(packet, ' :') ? IRC : UNKNOWN;
}

function isXmpp(packet: Payload): boolean {
  return startsWith(packet, '<stream:stream') || (startsWith(packet, '<?xml') && contains(packet, '<stream:stream'));
}

/** Stratum and what came before it: JSON-RPC with methods of mining, or the login of CryptoNote pools. */
function isMining(packet: Payload): boolean {
  if (MINING.some((word) => contains(packet, word))) return true;
  return contains(packet, '"method"') && contains(packet, '"params"') && LOGIN.every((word) => contains(packet, word));
}

/** An array of bulk strings (RESP): *2, line end, $4. */
function isRedis(packet: Payload): boolean {
  let at = 1;
  while (isDigit(u8(packet, at))) at++;
  return at > 1 && startsWith(packet, '\r\n$', at) && isDigit(u8(packet, at + 3));
}

/** A packet line with its length in hexadecimal (gitprotocol-pack). */
function isGit(packet: Payload): boolean {
  return startsWith(packet, 'git-upload-pack ', 4) || startsWith(packet, 'git-receive-pack ', 4);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
