import type { CertificateInFull, Evidence, Exchange } from './evidence.ts';
import { hexText } from './conversation-text.ts';

/** Said of what a capture kept no payload of, though there was some. */
export const ONLY_HEADERS = 'The capture holds nothing of what was said in it: only headers.';
/** Said of what had no payload: refused, never answered, or opened and closed. */
export const NOTHING_SAID = 'Neither side said anything: no packet of it has payload.';

/** Why there are no first bytes of a connection; '' where there are some. */
export function silenceText({ firstSent, firstReceived, hasSent, hasReceived }: Evidence): string {
  if (firstSent.length + firstReceived.length > 0) return '';
  return hasSent || hasReceived ? ONLY_HEADERS : NOTHING_SAID;
}

/** A request on one line: what was asked, and what came back. */
export function exchangeLine(exchange: Exchange): string {
  switch (exchange.kind) {
    case 'http': {
      const { method, host, path, status, contentType, requestBytes, responseBytes, userAgent, isCut } = exchange;
      const target = path.startsWith('/') ? `${host}${path}` : path;
      const sent = requestBytes > 0 && !isCut ? `${requestBytes} bytes sent` : '';
      const answer = status === null ? 'no response captured' : `${status} ${contentType}`.trim();
      const size = isCut ? 'heads known in part' : status === null ? '' : `${responseBytes} bytes`;
      return [`${method} ${target}`, sent, answer, size, userAgent].filter((part) => part !== '').join(', ');
    }
    case 'dns': {
      const { name, type, toGroup, result, answers, otherAnswers } = exchange;
      const silence = toGroup ? 'asked of all, who answer from their own addresses' : 'no answer captured';
      const others = otherAnswers > 0 ? ` and ${otherAnswers} more` : '';
      return `${type} ${name}: ${[result ?? silence, ...answers].join(', ')}${others}`;
    }
    case 'tls': {
      const { transport, serverName, alpn, alert, version, cipher, ja3, ja4 } = exchange;
      const spoken = transport === 'tcp' ? 'TLS' : 'QUIC';
      const name = serverName === '' ? `${spoken} without a server name` : `${spoken} to ${serverName}`;
      const silence = alert === '' ? 'no answer of the server captured' : `the server answered with an alert: ${alert}`;
      const answer = version === '' ? silence : `${version} ${cipher}`;
      const fingerprints = ja3 === '' ? '' : `JA3 ${ja3}, JA4 ${ja4}`;
      return [name, alpn === '' ? '' : `ALPN ${alpn}`, answer, fingerprints].filter((part) => part !== '').join(', ');
    }
  }
}

/** A certificate, a line for each thing it says. */
export function certificateLines(certificate: CertificateInFull): [label: string, value: string][] {
  const { subject, issuer, notBefore, notAfter, alternativeNames, otherNames, serial, signature, sha1, sha256 } =
    certificate;
  const names = [...alternativeNames, ...(otherNames > 0 ? [`and ${otherNames} more`] : [])].join(', ');
  const lines: [string, string][] = [
    ['subject', subject],
    ['issuer', issuer !== '' && subject === issuer ? `${issuer} (self-signed)` : issuer],
    ['valid', notBefore + notAfter === '' ? '' : `${notBefore || 'no time'} to ${notAfter || 'no time'}`],
    ['names', names],
    ['serial', serial],
    ['signature', signature],
    ['SHA-1', sha1],
    ['SHA-256', sha256],
  ];
  return lines.filter(([, value]) => value !== '');
}

function certificateText(certificate: CertificateInFull): string[] {
  return ['  certificate', ...certificateLines(certificate).map((line) => `    ${line.join(': ')}`)];
}

/** What a connection's packets say, as text. */
export function evidenceText(evidence: Evidence): string {
  const { packets, unread, exchanges, more, firstSent, firstReceived } = evidence;
  if (packets === 0)
    return unread === '' ? 'No packets of it: flow logs hold none.\n' : `No packets of it. ${unread}\n`;
  const lines = exchanges.flatMap((exchange) => {
    const at = new Date(exchange.atMs).toISOString();
    const certificates = exchange.kind === 'tls' ? exchange.certificates : [];
    return [`${at}  ${exchangeLine(exchange)}`, ...certificates.flatMap(certificateText)];
  });
  const silence = silenceText(evidence);
  if (silence !== '') lines.push(silence);
  else if (exchanges.length === 0) lines.push('No request of HTTP/1, DNS, TLS or QUIC was read.');
  else if (more) lines.push('There are more requests.');
  if (unread !== '') lines.push(unread);
  if (firstSent.length > 0) lines.push('', 'first bytes of the client', hexText(firstSent));
  if (firstReceived.length > 0) lines.push('', 'first bytes of the server', hexText(firstReceived));
  return `${lines.join('\n')}\n`;
}
