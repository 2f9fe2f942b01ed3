import path from 'node:path';
import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { dhcpParameterList } from '../../src/analysis/fingerprints/dhcp-options.ts';
import { hassh, isSshIdentification } from '../../src/analysis/fingerprints/hassh.ts';
import { headerText, httpContentType, httpUserAgent, isHttpResponse } from '../../src/analysis/fingerprints/http-headers.ts';
import { ja3, ja3s } from '../../src/analysis/fingerprints/ja3.ts';
import { dtlsHelloBody } from '../../src/analysis/names/dtls.ts';
import { isHttpRequest } from '../../src/analysis/names/http.ts';
import { readQuicChlo } from '../../src/analysis/names/quic-chlo.ts';
import { readClientHello, readServerHello } from '../../src/analysis/names/tls-hello.ts';
import { concat } from '../builders/payloads/bytes.ts';
import { COLUMNS, type Column, FINGERPRINT_DIFFERENCES } from './fingerprint-differences.ts';
import { joined } from './first-packets.ts';
import { type Matched, matchedFlows } from './matched.ts';
import { sharedFolder } from './shared.ts';

const captures = sharedFolder('captures');
const SHARE = 0.97;
const HANDSHAKE_HEADER = 4;

type Findings = Record<Column, string>;

/** What one direction of a stream says, by what it begins with. */
function readStream(bytes: Uint8Array, forward: boolean, said: Findings): void {
  const end = bytes.length;
  if (isSshIdentification(bytes, 0, end)) {
    // NFStream writes HASSH in capitals.
    said[forward ? 'client_fingerprint' : 'server_fingerprint'] = (hassh(bytes, 0, end, forward) ?? '').toUpperCase();
  } else if (isHttpResponse(bytes, 0, end)) {
    said.content_type = httpContentType(bytes, 0, end) ?? '';
  } else if (isHttpRequest(bytes, 0, end)) {
    said.user_agent = httpUserAgent(bytes, 0, end) ?? '';
  } else {
    readHandshake(handshakeIn(bytes), said);
  }
}

/** The content of the handshake records that a stream begins with. */
function handshakeIn(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 22;) {
    const next = at + 5 + bytes[at + 3] * 256 + bytes[at + 4];
    parts.push(bytes.subarray(at + 5, next));
    at = next;
  }
  return concat(...parts);
}

function readHandshake(message: Uint8Array, said: Findings): void {
  const end = HANDSHAKE_HEADER + message[1] * 65536 + message[2] * 256 + message[3];
  if (!(end <= message.length)) return;
  const read = message[0] === 1 ? readClientHello : readServerHello;
  const hello = read(message, HANDSHAKE_HEADER, end);
  if (hello !== null && message[0] === 1) said.client_fingerprint = ja3(hello);
  if (hello !== null && message[0] === 2) said.server_fingerprint = ja3s(hello);
}

function readDatagram(bytes: Uint8Array, isDhcp: boolean, said: Findings): void {
  if (isDhcp) said.client_fingerprint ||= dhcpParameterList(bytes, 0, bytes.length);
  const { start, end, fromClient } = dtlsHelloBody(bytes, 0, bytes.length);
  const hello = fromClient ? readClientHello(bytes, start, end, true) : readServerHello(bytes, start, end);
  if (hello !== null && fromClient) said.client_fingerprint ||= ja3(hello);
  if (hello !== null && !fromClient) said.server_fingerprint ||= ja3s(hello);
  const chlo = readQuicChlo(bytes, 0, bytes.length);
  if (chlo !== null) said.user_agent ||= headerText(bytes, chlo.userAgentStart, chlo.userAgentEnd);
}

function findingsOf({ flow }: Matched): Findings {
  const said: Findings = { client_fingerprint: '', server_fingerprint: '', user_agent: '', content_type: '' };
  if (flow.protocol === PROTOCOL_TCP) {
    for (const forward of [true, false]) readStream(joined(flow.packets, forward), forward, said);
  } else if (flow.protocol === PROTOCOL_UDP) {
    const isDhcp = flow.sourcePort === 68 || flow.destinationPort === 68;
    for (const { payload } of flow.packets) readDatagram(payload, isDhcp, said);
  }
  return said;
}

describe.skipIf(captures === null)('what NFStream fingerprints (../shared/captures)', () => {
  let all: { label: string; row: Record<string, string>; said: Findings }[] = [];

  beforeAll(async () => {
    const flows = await Promise.all(['flows', 'c2'].map((folder) => matchedFlows(path.join(captures ?? '', folder))));
    all = flows.flat().map((matched) => ({ label: matched.label, row: matched.row, said: findingsOf(matched) }));
  }, 60_000);

  it.each(COLUMNS)('%s: the same on all but listed flows', (column) => {
    // The hellos of QUIC are encrypted: what is inside is compared where they are decrypted.
    const plain = all.filter(({ row }) => !(column.endsWith('fingerprint') && row.application_name.startsWith('QUIC')));
    const different = plain.filter(({ row, said }) => row[column] !== said[column]);
    const reasons = FINGERPRINT_DIFFERENCES[column];
    expect(different.map(({ label }) => label).sort()).toEqual(Object.keys(reasons).sort());
    const wanted = plain.filter(({ row }) => row[column] !== '');
    const missed = different.filter(({ row }) => row[column] !== '');
    expect(1 - missed.length / wanted.length).toBeGreaterThanOrEqual(SHARE);
  });
});
