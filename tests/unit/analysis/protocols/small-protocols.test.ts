import { describe, expect, it } from 'vitest';
import { dhcpv6ClientName } from '../../../../src/analysis/protocols/dhcpv6.ts';
import { netbiosDatagramSource, netbiosName } from '../../../../src/analysis/protocols/netbios.ts';
import { isSmtpGreeting, isSmtpHello, smtpClient, smtpServer } from '../../../../src/analysis/protocols/smtp.ts';
import { ssdpHost } from '../../../../src/analysis/protocols/ssdp.ts';
import { isStun, stunRealm } from '../../../../src/analysis/protocols/stun.ts';
import { concat, latin1, u16 } from '../../../builders/payloads/bytes.ts';
import { dnsName } from '../../../builders/payloads/dns.ts';

/** A name in NetBIOS' first-level encoding (RFC 1001, section 14.1), of type 0. */
function netbiosEncoded(name: string): Uint8Array {
  const letters = Array.from(name.padEnd(15, ' ') + '\0', (letter) => letter.charCodeAt(0));
  return concat(
    [32],
    letters.flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]),
    [0],
  );
}

function stunMessage(...attributes: readonly ArrayLike<number>[]): Uint8Array {
  const body = concat(...attributes);
  return concat([0x01, 0x13], u16(body.length), [0x21, 0x12, 0xa4, 0x42], new Uint8Array(12), body);
}

describe('netbiosName', () => {
  it("decodes the name of a query and of a datagram's sender", () => {
    const query = concat(new Uint8Array(12), netbiosEncoded('OFFICE-PC'));
    expect(netbiosName(query, 0, query.length)).toBe('office-pc');
    const datagram = concat(new Uint8Array(14), netbiosEncoded('SENDER'));
    expect(netbiosDatagramSource(datagram, 0, datagram.length)).toBe('sender');
  });

  it('is nothing for what is cut, or no letters from A to P', () => {
    const query = concat(new Uint8Array(12), netbiosEncoded('X'));
    expect(netbiosName(query, 0, query.length - 2)).toBe('');
    query[20] = 0x51;
    expect(netbiosName(query, 0, query.length)).toBe('');
  });
});

describe('SMTP', () => {
  it('names the server by its greeting and the client by its hello', () => {
    const greeting = latin1('220-Mail.Example ESMTP\r\n');
    expect(isSmtpGreeting(greeting, 0, greeting.length, 25)).toBe(true);
    expect(isSmtpGreeting(greeting, 0, greeting.length, 80)).toBe(false);
    expect(smtpServer(greeting, 0, greeting.length)).toBe('mail.example');
    expect(smtpServer(greeting, 0, 10)).toBeNull();
    const hello = latin1('ehlo Laptop.Example\r\n');
    expect(isSmtpHello(hello, 0, hello.length, 40_000, 587)).toBe(true);
    expect(smtpClient(hello, 0, hello.length)).toBe('laptop.example');
  });
});

describe('ssdpHost', () => {
  it('is the Host with its port', () => {
    const search = latin1('M-SEARCH * HTTP/1.1\r\nMAN: "ssdp:discover"\r\nHOST: 239.255.255.250:1900\r\n\r\n');
    expect(ssdpHost(search, 0, search.length)).toBe('239.255.255.250:1900');
    expect(ssdpHost(search, 0, 40)).toBe('');
  });
});

describe('stunRealm', () => {
  it('is the REALM behind other attributes', () => {
    const message = stunMessage(
      [0, 9, 0, 5, 0, 0, 4, 1, 0x55, 0, 0, 0],
      [0, 0x14, 0, 10],
      latin1('Turn.Org.X'),
      [0, 0],
    );
    expect(isStun(message, 0, message.length)).toBe(true);
    expect(stunRealm(message, 0, message.length)).toBe('turn.org.x');
    expect(stunRealm(message, 0, message.length - 4)).toBe('');
    expect(isStun(message, 0, 19)).toBe(false);
  });
});

describe('dhcpv6ClientName', () => {
  const message = (name: ArrayLike<number>): Uint8Array =>
    concat([1, 0xa, 0xb, 0xc], [0, 8, 0, 2, 0, 0], u16(39), u16(name.length + 1), [0], name);

  it('is the name of the FQDN option, whole or partial', () => {
    const whole = message(dnsName('Laptop.Example'));
    expect(dhcpv6ClientName(whole, 0, whole.length)).toBe('laptop.example');
    const partial = message(concat([6], latin1('laptop')));
    expect(dhcpv6ClientName(partial, 0, partial.length)).toBe('laptop');
  });

  it('is nothing for what is cut, relayed, or lies about its labels', () => {
    const whole = message(dnsName('laptop.example'));
    for (let length = 0; length < whole.length; length++) expect(dhcpv6ClientName(whole, 0, length)).toBe('');
    whole[0] = 12;
    expect(dhcpv6ClientName(whole, 0, whole.length)).toBe('');
    const lie = message([60, 0x61]);
    expect(dhcpv6ClientName(lie, 0, lie.length)).toBe('');
  });
});
