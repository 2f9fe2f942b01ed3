import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateInFull } from '../../../src/evidence/certificate.ts';
import { certificateLines, evidenceText } from '../../../src/evidence/exchange-text.ts';
import { concat, latin1, u16 } from '../../builders/payloads/bytes.ts';
import { certificate } from '../../builders/payloads/certificate.ts';
import {
  tls12ServerFlight,
  tlsAlert,
  tlsApplicationData,
  tlsClientHello,
  tlsServerHello,
} from '../../builders/payloads/tls.ts';
import { evidenceOf, said, talk } from './read.ts';

describe('handshakes of TLS', () => {
  it('are told with certificates in full, as another reader has them', async () => {
    const der = certificate({
      subject: { commonName: 'c2.example', organization: 'Evil, Inc.' },
      issuer: { commonName: 'c2.example', organization: null },
      dnsNames: ['a.example', 'b.example'],
    });
    const packets = talk([
      said('client', tlsClientHello('c2.example')),
      said('server', concat(tls12ServerFlight(der, der), tlsApplicationData(20))),
      said('client', tlsApplicationData(50)),
    ]);
    const { exchanges } = await evidenceOf(packets);
    const { subject, fingerprint, fingerprint256 } = new X509Certificate(der);
    expect(subject).toContain('CN=c2.example');
    const told = {
      subject: 'O=Evil, Inc., CN=c2.example',
      issuer: 'CN=c2.example',
      serial: '07',
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
      alternativeNames: ['a.example', 'b.example'],
      signature: 'SHA-256 with RSA',
      sha1: fingerprint.replaceAll(':', '').toLowerCase(),
      sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    };
    expect(exchanges).toMatchObject([
      {
        kind: 'tls',
        serverName: 'c2.example',
        version: 'TLS 1.2',
        cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        certificates: [told, told],
      },
    ]);
  });

  it('are told with ten certificates, and read to 64 kB', async () => {
    const name = { commonName: 'c2.example', organization: null };
    const der = certificate({ subject: name, issuer: name });
    const many = Array.from({ length: 14 }, () => der);
    const told = async (...before: readonly Uint8Array[]): Promise<number | undefined> => {
      const flight = concat(...before, tls12ServerFlight(...many), tlsApplicationData(20));
      const { exchanges } = await evidenceOf(
        talk([said('client', tlsClientHello('c2.example')), said('server', flight)]),
      );
      const [exchange] = exchanges;
      return exchange.kind === 'tls' ? exchange.certificates.length : undefined;
    };
    expect(await told()).toBe(10);
    // Of messages that are empty: three records leave room for what comes behind them, four do not.
    const record = concat([22, 3, 3, 0x40, 0], new Uint8Array(0x4000));
    expect(await told(record, record, record)).toBe(10);
    expect(await told(record, record, record, record)).toBe(0);
  });

  it('are not of a self-signed certificate where it names nobody', () => {
    const lines = (commonName: string | null): string => {
      const name = { commonName, organization: null };
      return JSON.stringify(certificateLines(certificateInFull(certificate({ subject: name, issuer: name }))!));
    };
    expect(lines('c2.example')).toContain('CN=c2.example (self-signed)');
    expect(lines(null)).not.toContain('issuer');
  });

  it('are told that begin behind something else', async () => {
    const handshake = [
      said('client', tlsClientHello('c2.example')),
      said('server', concat(tls12ServerFlight(), tlsApplicationData(20))),
    ];
    const before = [
      [
        said('server', latin1('220 mail\r\n')),
        said('client', latin1('STARTTLS\r\n')),
        said('server', latin1('220\r\n')),
      ],
      [said('client', latin1('USER a\r\n')), said('client', latin1('AUTH TLS\r\n')), said('server', latin1('234\r\n'))],
      [said('server', latin1('+OK\r\n')), said('client', latin1('STLS\r\n')), said('server', latin1('+OK\r\n'))],
      [
        said('client', latin1('CONNECT c2.example:443 HTTP/1.1\r\n\r\n')),
        said('server', latin1('HTTP/1.1 200 OK\r\n\r\n')),
      ],
    ];
    for (const messages of before) {
      const { exchanges } = await evidenceOf(talk([...messages, ...handshake]));
      expect(exchanges.at(-1)).toMatchObject({ kind: 'tls', serverName: 'c2.example', version: 'TLS 1.2' });
    }
  });

  it('are told of each connection between the same ports', async () => {
    const once = (clientSequence: number, name: string) =>
      talk([said('client', tlsClientHello(name)), said('server', tlsServerHello())], {
        clientSequence,
        serverSequence: 2 * clientSequence,
      });
    const { exchanges } = await evidenceOf([...once(1000, 'a.example'), ...once(900_000, 'b.example')]);
    expect(exchanges).toMatchObject([
      { serverName: 'a.example', version: 'TLS 1.3' },
      { serverName: 'b.example', version: 'TLS 1.3' },
    ]);
  });

  it('are told with the alert that a server answers with, and past one that only warns', async () => {
    const hello = said('client', tlsClientHello('c2.example'));
    const refused = await evidenceOf(talk([hello, said('server', tlsAlert(2, 40))], { segmentSize: 500 }));
    expect(refused.exchanges).toMatchObject([{ serverName: 'c2.example', alert: 'handshake_failure', version: '' }]);
    expect(evidenceText(refused)).toContain('the server answered with an alert: handshake_failure, JA3');
    const warned = [hello, said('server', concat(tlsAlert(1, 112), tls12ServerFlight()))];
    for (const segmentSize of [3, 1460]) {
      const { exchanges } = await evidenceOf(talk(warned, { segmentSize }));
      expect(exchanges).toMatchObject([{ alert: '', version: 'TLS 1.2' }]);
    }
  });

  it('are told that begin with a hello in the format of SSL 2.0', async () => {
    const suites = [0, 0, 4, 0, 0, 5, 1, 0, 0x80];
    const hello = concat([0x80, 9 + suites.length + 16, 1, 3, 1], u16(suites.length), u16(0), u16(16), suites);
    const answered = said('server', tls12ServerFlight());
    for (const segmentSize of [3, 1460]) {
      const messages = [said('client', concat(hello, new Uint8Array(16).fill(7))), answered];
      const found = await evidenceOf(talk(messages, { segmentSize }));
      expect(found.exchanges).toMatchObject([{ kind: 'tls', serverName: '', ja3: '', version: 'TLS 1.2' }]);
      expect(evidenceText(found)).toMatch(/TLS without a server name, TLS 1\.2 \w+$/m);
    }
    // Suites have three bytes.
    const other = said('client', concat(hello.with(6, 8), new Uint8Array(16)));
    expect((await evidenceOf(talk([other, answered]))).exchanges).toEqual([]);
  });

  it('are told as far as they go', async () => {
    const hello = tlsClientHello('c2.example');
    const { exchanges } = await evidenceOf(talk([said('client', hello)]));
    expect(exchanges).toMatchObject([{ serverName: 'c2.example', version: '', certificates: [] }]);
    expect((await evidenceOf(talk([said('client', hello.subarray(0, 40))]))).exchanges).toEqual([]);
  });
});
