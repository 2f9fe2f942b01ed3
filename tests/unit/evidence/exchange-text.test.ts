import { describe, expect, it } from 'vitest';
import type { CertificateInFull, Evidence } from '../../../src/evidence/evidence.ts';
import { certificateLines, evidenceText, NOTHING_SAID, ONLY_HEADERS } from '../../../src/evidence/exchange-text.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';

const SILENT: Evidence = {
  packets: 3,
  unread: '',
  exchanges: [],
  more: false,
  firstSent: new Uint8Array(0),
  firstReceived: new Uint8Array(0),
  hasSent: false,
  hasReceived: false,
};

const CERTIFICATE: CertificateInFull = {
  subject: 'CN=a',
  issuer: 'CN=b',
  serial: '01',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  alternativeNames: ['a.example'],
  otherNames: 0,
  signature: '',
  sha1: 'aa',
  sha256: 'bb',
  bytes: 9,
};

describe('what packets say, as text', () => {
  it('ends with the first bytes of whoever spoke', () => {
    expect(evidenceText(SILENT)).toBe(`${NOTHING_SAID}\n`);
    expect(evidenceText({ ...SILENT, hasReceived: true })).toBe(`${ONLY_HEADERS}\n`);
    const [sent, received] = ['first bytes of the client', 'first bytes of the server'];
    const client = evidenceText({ ...SILENT, firstSent: latin1('hello'), hasSent: true });
    expect(client).toMatch(
      new RegExp(`^No request of HTTP/1, DNS, TLS or QUIC was read\\.\n\n${sent}\n000000 .*hello`),
    );
    expect(client).not.toContain(received);
    const server = evidenceText({ ...SILENT, firstReceived: latin1('220 mail'), hasReceived: true, unread: 'Cut.' });
    expect(server).toMatch(new RegExp(`\nCut\\.\n\n${received}\n000000 .*220 mail`));
    expect(server).not.toContain(sent);
  });

  it('of a certificate has no line for what it does not say', () => {
    const linesOf = (more: Partial<CertificateInFull>) =>
      Object.fromEntries(certificateLines({ ...CERTIFICATE, ...more }));
    expect(linesOf({})).toEqual({
      subject: 'CN=a',
      issuer: 'CN=b',
      valid: '2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z',
      names: 'a.example',
      serial: '01',
      'SHA-1': 'aa',
      'SHA-256': 'bb',
    });
    expect(linesOf({ issuer: 'CN=a', otherNames: 2 })).toMatchObject({
      issuer: 'CN=a (self-signed)',
      names: 'a.example, and 2 more',
    });
    expect(linesOf({ notBefore: '' }).valid).toBe('no time to 2027-01-01T00:00:00Z');
    expect(linesOf({ notBefore: '', notAfter: '' })).not.toHaveProperty('valid');
  });
});
