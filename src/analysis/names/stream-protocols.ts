import { DNS_PORT, dnsQuestionOverTcp, isDnsAnswer } from './dns.ts';
import { type FlowFindings, sourceIndex } from './findings.ts';
import { httpHost, isHttpRequest } from './http.ts';
import { isHttp2Preface, http2Authority } from './http2.ts';
import { isSmtpGreeting, isSmtpHello, smtpClient, smtpServer } from './smtp.ts';
import type { Finding } from './text.ts';
import { isTlsClientHello, isTlsServerHello, tlsServerName } from './tls.ts';
import { readServerFlight } from './tls-server.ts';

/** What reading the beginning of a message came to. */
export const MORE = 0;
export const READ = 1;
export const DONE = 2;
/** MORE: its bytes end before anything is decided. READ: the flow may say more. DONE: nothing more is to be learned. */
export type Progress = typeof MORE | typeof READ | typeof DONE;

/** A protocol over TCP, or one of its two sides. */
export interface StreamProtocol {
  begins(bytes: Uint8Array, start: number, end: number, sourcePort: number, destinationPort: number): boolean;
  /** Reads a message at the beginning of `bytes[start, end)`; `final` says that no more of it will come. */
  read(bytes: Uint8Array, start: number, end: number, findings: FlowFindings, final: boolean): Progress;
}

const TLS = sourceIndex('tls');
const HTTP = sourceIndex('http');
const SMTP = sourceIndex('smtp');
const DNS = sourceIndex('dns');

const tlsClient: StreamProtocol = {
  begins: isTlsClientHello,
  read(bytes, start, end, findings) {
    return named(findings, tlsServerName(bytes, start, end), TLS, READ);
  },
};

const tlsServer: StreamProtocol = {
  begins: isTlsServerHello,
  read(bytes, start, end, findings) {
    const flight = readServerFlight(bytes, start, end);
    if (flight === null) return MORE;
    findings.certificate ||= flight.certificate;
    return DONE;
  },
};

const http: StreamProtocol = {
  begins: isHttpRequest,
  read(bytes, start, end, findings) {
    const host = httpHost(bytes, start, end);
    return named(findings, host, HTTP, host === '' ? READ : DONE);
  },
};

const http2: StreamProtocol = {
  begins: isHttp2Preface,
  read: (bytes, start, end, findings) => named(findings, http2Authority(bytes, start, end), HTTP, DONE),
};

const smtpGreeting: StreamProtocol = {
  begins: isSmtpGreeting,
  read: (bytes, start, end, findings) => named(findings, smtpServer(bytes, start, end), SMTP, READ),
};

const smtpHello: StreamProtocol = {
  begins: isSmtpHello,
  read: (bytes, start, end, findings) => named(findings, smtpClient(bytes, start, end), SMTP, READ),
};

export const dnsStream: StreamProtocol = {
  begins: (_bytes, _start, _end, sourcePort, destinationPort) => sourcePort === DNS_PORT || destinationPort === DNS_PORT,
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

const PROTOCOLS = [tlsClient, tlsServer, http2, http, smtpGreeting, smtpHello, dnsStream];

/** The protocol whose message begins at `start`; null for one that tells nothing. */
export function streamProtocol(
  bytes: Uint8Array, start: number, end: number, sourcePort: number, destinationPort: number,
): StreamProtocol | null {
  for (const protocol of PROTOCOLS) {
    if (protocol.begins(bytes, start, end, sourcePort, destinationPort)) return protocol;
  }
  return null;
}
