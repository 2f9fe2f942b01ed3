import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../../src/analysis/protocols/dns-answers.ts';
import { kerberosClient } from '../../../../src/analysis/protocols/kerberos.ts';
import { httpLogin } from '../../../../src/analysis/protocols/logins.ts';
import { ntlmSender } from '../../../../src/analysis/protocols/ntlm.ts';
import { askedInRequest } from '../../../../src/analysis/protocols/proxy-request.ts';
import { addCryptoFrames, initialPackets } from '../../../../src/analysis/protocols/quic.ts';
import { Reassembly, STREAM_LIMIT } from '../../../../src/analysis/protocols/reassembly.ts';
import { ByteWriter } from '../../../builders/bytes.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { DNS_TYPE_A, dnsAnswer, dnsRecord } from '../../../builders/payloads/dns.ts';
import { ticketRequest } from '../../../builders/payloads/kerberos.ts';
import { ntlmAuthenticate, ntlmChallenge } from '../../../builders/payloads/ntlm.ts';
import { cryptoFrame, QUIC_1, quicInitial } from '../../../builders/payloads/quic.ts';

const CRYPTO = 6;

describe('a stream that is put together', () => {
  const piece = (from: number, length = 1): [number, Uint8Array, number, number] => {
    const bytes = Uint8Array.from({ length }, (_, at) => from + at);
    return [from, bytes, 0, length];
  };

  it('has sixty-four pieces behind holes at most, and no memory for more', () => {
    const stream = new Reassembly(0);
    for (let at = 1; at <= 64; at++) stream.add(...piece(2 * at));
    const held = stream.bytes.length;
    stream.add(...piece(10_000));
    expect(stream.bytes.length).toBe(held);
    for (let at = 0; at <= 65; at++) stream.add(...piece(2 * at + 1));
    expect(stream.length).toBe(0);
    stream.add(...piece(0));
    // What came when no more waited is not there: the first hole of those is where it ends.
    expect(stream.length).toBe(1);
  });

  it('has no byte behind its limit, whatever pieces claim', () => {
    const stream = new Reassembly(2 ** 40);
    expect(stream.bytes.length).toBe(STREAM_LIMIT);
    expect(stream.add(...piece(STREAM_LIMIT, 10))).toBe(false);
    expect(stream.add(2 ** 52, new Uint8Array(10), 0, 10)).toBe(false);
    stream.add(...piece(0, STREAM_LIMIT - 1));
    expect(stream.isFull).toBe(false);
    stream.add(...piece(STREAM_LIMIT - 1, 100));
    expect([stream.isFull, stream.length, stream.bytes.length]).toEqual([true, STREAM_LIMIT, STREAM_LIMIT]);
  });
});

describe('of a hostile message', () => {
  it('of DNS sixty-four records are read', () => {
    const record = dnsRecord([0xc0, 12], DNS_TYPE_A, [192, 0, 2, 1]);
    const message = dnsAnswer(
      'x.example',
      Array.from({ length: 100 }, () => record),
    );
    let taken = 0;
    const take = (): void => void taken++;
    expect(readAnswers(message, 0, message.length, false, take)).toBe(true);
    expect(taken).toBe(64);
  });

  it('of NTLM sixteen names of a server are looked through, and texts are 128 characters', () => {
    const challenge = ntlmChallenge({ machine: 'dc1.example', domain: '' });
    const infoAt = challenge.length - 4 - (4 + 22) - (4 + 6) - 4;
    const nameBehind = (others: number): string | undefined => {
      const pairs = Array.from({ length: others }, () => new ByteWriter(true).u16(9).u16(0).finish());
      const message = concat(challenge.subarray(0, infoAt), ...pairs, challenge.subarray(infoAt));
      return ntlmSender(message, 0, message.length)?.machine;
    };
    expect(nameBehind(13)).toBe('dc1.example');
    expect(nameBehind(16)).toBe('');
    const long = ntlmAuthenticate({ user: 'u'.repeat(200) });
    expect(ntlmSender(long, 0, long.length)?.user).toBe('u'.repeat(128));
  });

  it('of Kerberos sixteen pieces of a list are looked through', () => {
    const request = ticketRequest({ client: Array.from({ length: 30 }, () => 'a').join('/'), realm: 'EXAMPLE.COM' });
    expect(kerberosClient(request, 0, request.length)?.name.split('/')).toHaveLength(16);
  });

  it('of HTTP a user is told in 64 characters, and looked for in the first 4,096 bytes', () => {
    const userOf = (before: number, user: string): string | undefined => {
      const request = latin1(
        `GET / HTTP/1.1\r\nX: ${'x'.repeat(before)}\r\nAuthorization: Basic ${btoa(`${user}:secret`)}\r\n\r\n`,
      );
      return httpLogin(request, 0, request.length)?.user;
    };
    expect(userOf(3500, 'u'.repeat(100))).toBe('u'.repeat(64));
    expect(userOf(4100, 'jane')).toBeUndefined();
  });

  it('of a request through a proxy the first 2,048 bytes are its line', () => {
    const hostIn = (path: number): string | undefined => {
      const request = latin1(`GET http://a.example/${'x'.repeat(path)} HTTP/1.1\r\n\r\n`);
      return askedInRequest(request, 0, request.length)?.host;
    };
    expect([hostIn(2000), hostIn(2048)]).toEqual(['a.example', undefined]);
  });

  it('of QUIC an acknowledgement ends with its frames, however many ranges it claims', () => {
    const stream = new Reassembly(16);
    const most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    const frames = concat(cryptoFrame(0, Uint8Array.of(1, 2)), [2, 0, 0], most, [0, 0, 0]);
    expect(addCryptoFrames(frames, CRYPTO, stream)).toBe(true);
    expect(stream.length).toBe(2);
    expect(addCryptoFrames(concat([CRYPTO], most, most, [7]), CRYPTO, stream)).toBe(false);
    expect(stream.bytes.length).toBe(16);
  });

  it('of QUIC four packets of one datagram are looked into', () => {
    const options = { version: QUIC_1, clientConnectionId: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    const packet = quicInitial(cryptoFrame(0, new Uint8Array(20)), options);
    const datagram = concat(...Array.from({ length: 6 }, () => packet));
    expect(initialPackets(datagram, 0, datagram.length)).toHaveLength(4);
  });
});
