import { sourceIndex } from '../flows/name-sources.ts';
import { OBSERVED } from '../flows/observed.ts';
import { SIGNS } from '../protocols/signs.ts';
import { distinguishedName } from './distinguished-name.ts';
import type { SiblingRow } from './flow-row.ts';
import { loggedProgramSigns } from '../protocols/program.ts';
import { askedThrough } from '../protocols/proxy-request.ts';
import { requestSigns, requestText } from './logged-request.ts';

/** Gives a row's value by Zeek's field name; undefined where it is unset or not a field. */
export type ZeekValues = (field: string) => string | undefined;

const TLS = sourceIndex('tls');
const HTTP = sourceIndex('http');
const DNS = sourceIndex('dns');

/** A log of Zeek's whose rows say more of the flows that conn.log has. */
export interface SiblingLog {
  /** What the log calls itself, also while its connections are open; and fields that no other of them has. */
  paths: readonly string[];
  own: readonly string[];
  take: (row: SiblingRow, value: ZeekValues) => void;
}

/** The logs that are read beside conn.log, with Zeek's own fields and those of its packages for JA3, JA4 and HASSH. */
export const SIBLING_LOGS: readonly SiblingLog[] = [
  { paths: ['ssl', 'open_ssl'], own: ['cipher', 'server_name', 'ssl_history', 'curve'], take: takeTls },
  { paths: ['quic'], own: ['client_initial_dcid'], take: takeTls },
  { paths: ['http', 'open_http'], own: ['trans_depth', 'user_agent', 'method'], take: takeHttp },
  { paths: ['dns'], own: ['trans_id', 'qtype_name', 'query'], take: takeDns },
  { paths: ['ssh'], own: ['hassh', 'kex_alg', 'host_key_alg'], take: takeSsh },
];

function takeTls(row: SiblingRow, value: ZeekValues): void {
  row.observed = OBSERVED.names;
  row.name = value('server_name') ?? '';
  row.nameSource = TLS;
  row.texts.clientFingerprint = value('ja3') ?? '';
  row.texts.serverFingerprint = value('ja3s') ?? '';
  row.texts.ja4 = value('ja4') ?? '';
  row.texts.ja4s = value('ja4s') ?? '';
  if (row.texts.clientFingerprint !== '' || row.texts.ja4 !== '') row.observed |= OBSERVED.fingerprints;
  const [subject, issuer] = [value('subject'), value('issuer')];
  row.chain = firstOf(value('cert_chain_fuids') ?? value('cert_chain_fps'));
  if (subject !== undefined || issuer !== undefined)
    row.certificate = [distinguishedName(subject ?? ''), distinguishedName(issuer ?? ''), ''];
  row.signs = SIGNS.hello;
  if (/^self.signed/i.test(value('validation_status') ?? '')) row.signs |= SIGNS.selfSigned;
  if (value('sni_matches_cert') === 'F') row.signs |= SIGNS.otherName;
  if (subject !== undefined || row.chain !== '') row.observed |= OBSERVED.certificates;
}

function takeHttp(row: SiblingRow, value: ZeekValues): void {
  row.observed = OBSERVED.names | OBSERVED.requests;
  const [host, method, uri] = [value('host'), value('method'), value('uri')];
  row.name = host ?? '';
  row.nameSource = HTTP;
  row.texts.userAgent = value('user_agent') ?? '';
  row.texts.contentType = firstOf(value('resp_mime_types'));
  row.texts.request = requestText(method, uri, value('status_code'));
  row.signs = requestSigns({ method, version: value('version'), host, agent: value('user_agent') });
  for (const type of value('resp_mime_types')?.split(',') ?? []) row.signs |= loggedProgramSigns(type, '');
  row.asked = askedThrough({ method, uri, host, headers: value('proxied') });
}

function takeDns(row: SiblingRow, value: ZeekValues): void {
  row.name = value('query') ?? '';
  row.nameSource = DNS;
}

function takeSsh(row: SiblingRow, value: ZeekValues): void {
  row.texts.clientFingerprint = value('hassh') ?? '';
  row.texts.serverFingerprint = value('hasshServer') ?? '';
  if (row.texts.clientFingerprint !== '') row.observed = OBSERVED.fingerprints;
}

/** The first of a vector's values. */
function firstOf(list: string | undefined): string {
  return list?.split(',', 1)[0] ?? '';
}
