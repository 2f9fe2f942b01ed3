import { sourceIndex } from '../flows/name-sources.ts';
import { OBSERVED } from '../flows/observed.ts';
import { lastsFrom, stands } from '../protocols/certificate.ts';
import { loggedProgramSigns } from '../protocols/program.ts';
import { SIGNS } from '../protocols/signs.ts';
import { distinguishedName } from './distinguished-name.ts';
import { SiblingRow } from './flow-row.ts';
import { type JsonObject, objectOf, textIn } from './json-line.ts';
import { askedThrough } from '../protocols/proxy-request.ts';
import { requestSigns, requestText } from './logged-request.ts';

const TLS = sourceIndex('tls');
const HTTP = sourceIndex('http');
const DNS = sourceIndex('dns');

/** What an event says of its flow; null where it is of no kind that says more. The key is left to the caller. */
export function suricataSibling(event: JsonObject): SiblingRow | null {
  const type = event['event_type'];
  const content = typeof type === 'string' ? objectOf(event[type]) : null;
  if (content === null) return null;
  const row = new SiblingRow();
  if (type === 'tls' || type === 'quic') takeTls(row, content);
  else if (type === 'http') takeHttp(row, content);
  else if (type === 'ssh') takeSsh(row, content);
  else if (type === 'dns') takeDns(row, content);
  else if (type === 'fileinfo') takeFile(row, content, objectOf(event['http']));
  else return null;
  return row;
}

function takeTls(row: SiblingRow, tls: JsonObject): void {
  row.observed = OBSERVED.names;
  row.signs = SIGNS.hello;
  row.name = textIn(tls['sni']) ?? '';
  row.nameSource = TLS;
  row.texts.clientFingerprint = hashIn(tls['ja3']);
  row.texts.serverFingerprint = hashIn(tls['ja3s']);
  row.texts.ja4 = textIn(tls['ja4']) ?? '';
  if (row.texts.clientFingerprint !== '' || row.texts.ja4 !== '') row.observed |= OBSERVED.fingerprints;
  // Both are of UTC, which older versions leave out.
  const [from, until] = [tls['notbefore'], tls['notafter']].map((time) => Date.parse(`${textIn(time)?.slice(0, 19)}Z`));
  if (lastsFrom(from, until)) row.signs |= SIGNS.lasting;
  const [subject, issuer] = [textIn(tls['subject']) ?? '', textIn(tls['issuerdn']) ?? ''];
  if (subject === '' && issuer === '') return;
  const names: unknown = tls['subjectaltname'];
  const alternatives = Array.isArray(names) ? names.map((name) => textIn(name) ?? '') : [];
  row.certificate = [distinguishedName(subject), distinguishedName(issuer), alternatives[0] ?? ''];
  const wanted = row.name.toLowerCase();
  // Older versions do not log the alternative names: then nothing is known of them.
  if (wanted !== '' && alternatives.length > 0 && !alternatives.some((name) => stands(name.toLowerCase(), wanted)))
    row.signs |= SIGNS.otherName;
  row.observed |= OBSERVED.certificates;
}

function takeHttp(row: SiblingRow, http: JsonObject): void {
  row.observed = OBSERVED.names | OBSERVED.requests;
  const [host, method, uri] = [textIn(http['hostname']), textIn(http['http_method']), textIn(http['url'])];
  row.name = host ?? '';
  row.nameSource = HTTP;
  row.texts.userAgent = textIn(http['http_user_agent']) ?? '';
  row.texts.contentType = textIn(http['http_content_type']) ?? '';
  const status = http['status'];
  row.texts.request = requestText(method, uri, typeof status === 'number' ? String(status) : '');
  const version = textIn(http['protocol'])?.replace('HTTP/', '');
  row.signs = requestSigns({ method, version, host, agent: textIn(http['http_user_agent']) });
  row.asked = askedThrough({ method, uri, host });
}

/** A file that came over HTTP: what is sent with a request is no answer. */
function takeFile(row: SiblingRow, file: JsonObject, http: JsonObject | null): void {
  if (http === null || /^(?:POST|PUT)$/.test(textIn(http['http_method']) ?? '')) return;
  row.signs = loggedProgramSigns(textIn(file['magic']) ?? '', textIn(http['http_content_type']) ?? '');
}

function takeSsh(row: SiblingRow, ssh: JsonObject): void {
  row.texts.clientFingerprint = hasshIn(ssh['client']);
  row.texts.serverFingerprint = hasshIn(ssh['server']);
  if (row.texts.clientFingerprint !== '') row.observed = OBSERVED.fingerprints;
}

function takeDns(row: SiblingRow, dns: JsonObject): void {
  row.name = textIn(dns['rrname']) ?? textIn(firstQuery(dns)?.['rrname']) ?? '';
  row.nameSource = DNS;
}

/** Version 3 of dns events lists the questions. */
export function firstQuery(dns: JsonObject): JsonObject | null {
  const queries = dns['queries'];
  return Array.isArray(queries) ? objectOf(queries[0]) : null;
}

/** JA3 and JA3S are objects, of QUIC too; older versions have the hash itself. */
function hashIn(value: unknown): string {
  return textIn(objectOf(value)?.['hash']) ?? textIn(value) ?? '';
}

function hasshIn(end: unknown): string {
  return hashIn(objectOf(end)?.['hassh']);
}
