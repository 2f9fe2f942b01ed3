import { describe, expect, it } from 'vitest';
import { type NameSource, sourceIndex } from '../../../../../src/analysis/flows/name-sources.ts';
import { FlowFindings } from '../../../../../src/analysis/inspect/names/findings.ts';
import { keepServerFlight } from '../../../../../src/analysis/inspect/names/tls-server.ts';
import { hasSign } from '../../../../../src/analysis/protocols/signs.ts';
import { certificate } from '../../../../builders/payloads/certificate.ts';
import { tls12ServerFlight, tlsServerHello } from '../../../../builders/payloads/tls.ts';

function certificateIn(flight: Uint8Array): string {
  const findings = new FlowFindings();
  expect(keepServerFlight(flight, 0, flight.length, findings)).toBe(true);
  return findings.certificate;
}

const authority = certificate({
  subject: { commonName: 'An Authority', organization: null },
  issuer: { commonName: 'A Root', organization: null },
});

describe('keepServerFlight', () => {
  it("reads subject, issuer and first alternative name of the server's own certificate", () => {
    const own = certificate({
      subject: { commonName: '*.shop.example', organization: 'Shop' },
      issuer: { commonName: 'An Authority', organization: 'Trust Inc' },
      dnsNames: ['*.Shop.example', 'shop.example'],
    });
    expect(certificateIn(tls12ServerFlight(own, authority))).toBe('*.shop.example\nAn Authority\n*.shop.example');
  });

  it('takes the organization without a common name, and nothing where there is neither', () => {
    const own = certificate({
      subject: { commonName: null, organization: 'Internet Widgits Pty Ltd' },
      issuer: { commonName: null, organization: null },
    });
    expect(certificateIn(tls12ServerFlight(own))).toBe('Internet Widgits Pty Ltd\n\n');
  });

  it('escapes line feeds, which part the lines', () => {
    const own = certificate({
      subject: { commonName: 'two\nlines', organization: null },
      issuer: { commonName: 'x', organization: null },
      dnsNames: ['a\nb'],
    });
    expect(certificateIn(tls12ServerFlight(own))).toBe('two?lines\nx\na?b');
  });

  it('waits for the whole certificate, and fingerprints the hello before it', () => {
    const flight = tls12ServerFlight(authority);
    const findings = new FlowFindings();
    for (let length = 0; length < flight.length - 9; length++)
      expect(keepServerFlight(flight, 0, length, findings)).toBe(false);
    expect(findings.serverFingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(findings.ja4s).toMatch(/^t120000_c02f_/);
    expect(keepServerFlight(flight, 0, flight.length - 9, findings)).toBe(true);
    expect(findings.certificate).toBe('An Authority\nA Root\n');
  });

  it('tells a certificate that vouches for itself', () => {
    const name = { commonName: 'a server', organization: 'Self' };
    const selfSigned = (flight: Uint8Array): boolean => {
      const findings = new FlowFindings();
      keepServerFlight(flight, 0, flight.length, findings);
      return hasSign(findings.signs, 'selfSigned');
    };
    expect(selfSigned(tls12ServerFlight(certificate({ subject: name, issuer: name })))).toBe(true);
    expect(
      selfSigned(tls12ServerFlight(certificate({ subject: name, issuer: { ...name, organization: 'Sel2' } }))),
    ).toBe(false);
    expect(selfSigned(tls12ServerFlight(authority))).toBe(false);
  });

  it.each([
    ['270101000000Z', false],
    ['351201000000Z', false],
    ['360101000000Z', true],
    ['20360101000000Z', true],
    ['99991231235959Z', true],
    ['500101000000Z', false],
    ['a lie', false],
  ])('tells a certificate that is valid from 2026 to %s: %s', (until, isLasting) => {
    const name = { commonName: 'a server', organization: 'Self' };
    const flight = tls12ServerFlight(certificate({ subject: name, issuer: name, until }));
    const findings = new FlowFindings();
    keepServerFlight(flight, 0, flight.length, findings);
    expect(hasSign(findings.signs, 'lasting')).toBe(isLasting);
  });

  it.each([
    ['shop.example', ['shop.example'], 'x', false],
    ['SHOP.example', ['other.example', 'Shop.Example'], 'x', false],
    ['www.shop.example', ['*.shop.example'], 'x', false],
    ['shop.example', ['*.shop.example'], 'x', true],
    ['a.b.shop.example', ['*.shop.example'], 'x', true],
    ['localhost', ['*.localhost'], 'x', true],
    ['shop.example', ['other.example'], 'shop.example', true],
    ['shop.example', [], 'shop.example', false],
    ['www.shop.example', [], '*.shop.example', false],
    ['shop.example', [], 'localhost', true],
    ['last.example', [...Array.from({ length: 200 }, (_, index) => `n${index}.example`), 'last.example'], 'x', false],
  ])('for %s tells a certificate for %j, else %s, as another: %s', (name, dnsNames, commonName, isOther) => {
    const own = certificate({
      subject: { commonName, organization: null },
      issuer: { commonName: 'An Authority', organization: null },
      dnsNames,
    });
    const flight = tls12ServerFlight(own);
    const signsFor = (source: NameSource): number => {
      const findings = new FlowFindings();
      findings.keep(name, sourceIndex(source));
      keepServerFlight(flight, 0, flight.length, findings);
      return findings.signs;
    };
    expect(hasSign(signsFor('tls'), 'otherName')).toBe(isOther);
    // A name that no hello gave asks for nothing.
    expect(hasSign(signsFor('smtp'), 'otherName')).toBe(false);
  });

  it('expects none of TLS 1.3', () => {
    expect(certificateIn(tlsServerHello())).toBe('');
  });

  it('is nothing for a certificate that lies about its lengths', () => {
    for (let at = 0; at < authority.length; at++) {
      const damaged = authority.slice();
      damaged[at] ^= 0xff;
      expect(certificateIn(tls12ServerFlight(damaged)).split('\n').length).toBeLessThanOrEqual(3);
    }
  });
});
