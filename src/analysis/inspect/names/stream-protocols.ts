import { DONE, MORE, type Progress, READ, TOLD } from '../../flows/inspector.ts';
import { hassh, isSshIdentification } from '../fingerprints/hassh.ts';
import { httpContentType, httpUserAgent, isHttpResponse } from '../../protocols/http-headers.ts';
import { DNS_PORT, dnsQuestionOverTcp, isDnsAnswer } from '../../protocols/dns.ts';
import type { FlowFindings } from './findings.ts';
import { sourceIndex } from '../../flows/name-sources.ts';
import { CUT, keepClientHello, WHOLE } from './hello-findings.ts';
import { behindEmptyLines, httpHost, isHttpRequest } from '../../protocols/http.ts';
import { requestSigns } from '../../protocols/http-request.ts';
import { isHttp2Preface, http2Authority } from '../../protocols/http2.ts';
import { askedInRequest } from '../../protocols/proxy-request.ts';
import { bodyStart, programSigns } from '../../protocols/program.ts';
import { isSmtpGreeting, isSmtpHello, smtpClient, smtpServer } from '../../protocols/smtp.ts';
import type { Finding } from '../../protocols/text.ts';
import { behindAlert, firstHandshake, isTlsClientHello, isTlsServerHello } from '../../protocols/tls.ts';
import { keepServerFlight } from './tls-server.ts';

/** A protocol over TCP, or one of its two sides. */
export interface StreamProtocol {
  /** Reads a message at the beginning of `bytes[start, end)`; `final` says that no more of it will come, `forward` who sent it. */
  read(
    bytes: Uint8Array,
    start: number,
    end: number,
    findings: FlowFindings,
    final: boolean,
    forward: boolean,
  ): Progress;
}

/** One that is told by how its messages begin, or by a port. */
interface ToldProtocol extends StreamProtocol {
  begins(bytes: Uint8Array, start: number, end: number, sourcePort: number, destinationPort: number): boolean;
}

const HTTP = sourceIndex('http');
const SMTP = sourceIndex('smtp');
const DNS = sourceIndex('dns');

const tlsClient: StreamProtocol = {
  read(bytes, start, end, findings, final) {
    const message = firstHandshake(bytes, start, end);
    if (message === null) return MORE;
    switch (keepClientHello(message.bytes, message.start, message.end, 't', findings, final)) {
      case CUT:
        return MORE;
      case WHOLE:
        return TOLD;
      default:
        return READ;
    }
  },
};

const tlsServer: StreamProtocol = {
  read: (bytes, start, end, findings) =>
    keepServerFlight(bytes, behindAlert(bytes, start, end), end, findings) ? DONE : MORE,
};

const httpRequest: ToldProtocol = {
  begins: (bytes, start, end) => isHttpRequest(bytes, behindEmptyLines(bytes, start, end), end),
  read(bytes, from, end, findings, _, forward) {
    const start = behindEmptyLines(bytes, from, end);
    // What began like a method may have gone on as something else.
    if (!isHttpRequest(bytes, start, end)) return READ;
    const host = httpHost(bytes, start, end);
    findings.keep(host, HTTP);
    findings.userAgent ||= httpUserAgent(bytes, start, end) ?? '';
    // Of a flow that begins with an answer the source is the proxy: it goes nowhere else.
    const asked = forward ? askedInRequest(bytes, start, end) : null;
    if (asked !== null) findings.ask(asked);
    const signs = requestSigns(bytes, start, end);
    if (signs !== null) findings.addSigns(signs);
    // Without a host the header has ended, or it is none.
    return signs === null && host !== '' ? MORE : READ;
  },
};

const httpResponse: ToldProtocol = {
  begins: isHttpResponse,
  read(bytes, start, end, findings, final, forward) {
    const contentType = httpContentType(bytes, start, end);
    if (contentType === null) return MORE;
    findings.contentType ||= contentType;
    // In a tunnel the server's hello comes right behind the proxy's word that there is one.
    const body = bodyStart(bytes, start, end);
    if (isTlsServerHello(bytes, body, end)) return tlsServer.read(bytes, body, end, findings, final, forward);
    const signs = programSigns(bytes, start, end, contentType);
    if (signs === null) return MORE;
    findings.addSigns(signs);
    return READ;
  },
};

const ssh: ToldProtocol = {
  begins: isSshIdentification,
  read(bytes, start, end, findings, _final, forward) {
    const fingerprint = hassh(bytes, start, end, forward);
    if (fingerprint === null) return MORE;
    if (forward) findings.clientFingerprint ||= fingerprint;
    else findings.serverFingerprint ||= fingerprint;
    return findings.clientFingerprint !== '' && findings.serverFingerprint !== '' ? DONE : READ;
  },
};

const http2: ToldProtocol = {
  begins: isHttp2Preface,
  read: (bytes, start, end, findings) => named(findings, http2Authority(bytes, start, end), HTTP, DONE),
};

const smtpGreeting: ToldProtocol = {
  begins: isSmtpGreeting,
  read: (bytes, start, end, findings) => named(findings, smtpServer(bytes, start, end), SMTP, READ),
};

const smtpHello: ToldProtocol = {
  begins: isSmtpHello,
  read: (bytes, start, end, findings) => named(findings, smtpClient(bytes, start, end), SMTP, READ),
};

export const dnsStream: ToldProtocol = {
  begins: (_bytes, _start, _end, sourcePort, destinationPort) =>
    sourcePort === DNS_PORT || destinationPort === DNS_PORT,
  read(bytes, start, end, findings) {
    const progress = named(findings, dnsQuestionOverTcp(bytes, start, end), DNS, READ);
    if (progress === MORE || !isDnsAnswer(bytes, start + 2, end)) return progress;
    // An answer is read to its end: what it says about addresses lies there.
    return end < start + 2 + bytes[start] * 256 + bytes[start + 1] ? MORE : DONE;
  },
};

function named(findings: FlowFindings, name: Finding, source: number, progress: Progress): Progress {
  if (name === null) return MORE;
  findings.keep(name, source);
  return progress;
}

const OTHERS: readonly ToldProtocol[] = [http2, httpRequest, httpResponse, ssh, smtpGreeting, smtpHello, dnsStream];

/**
 * First bytes of messages: the alert and the handshake record of TLS, letters of methods, banners and commands, the 2 of
 * a greeting, an empty line.
 */
const FIRST_BYTES = new Uint8Array(256);
for (let letter = 0x41; letter <= 0x5a; letter++) FIRST_BYTES[letter] = FIRST_BYTES[letter | 0x20] = 1;
FIRST_BYTES[0x15] = FIRST_BYTES[0x16] = FIRST_BYTES[0x32] = FIRST_BYTES[0x0d] = FIRST_BYTES[0x0a] = 1;

/** The protocol whose message begins at `start`; null for one that tells nothing. */
export function streamProtocol(
  bytes: Uint8Array,
  start: number,
  end: number,
  sourcePort: number,
  destinationPort: number,
): StreamProtocol | null {
  if (FIRST_BYTES[bytes[start]] === 0 && sourcePort !== DNS_PORT && destinationPort !== DNS_PORT) return null;
  // Most of what says something is TLS: it is asked for without going through the list.
  if (isTlsClientHello(bytes, start, end)) return tlsClient;
  if (isTlsServerHello(bytes, behindAlert(bytes, start, end), end)) return tlsServer;
  for (const protocol of OTHERS) {
    if (protocol.begins(bytes, start, end, sourcePort, destinationPort)) return protocol;
  }
  return null;
}
