import { describe, expect, it } from 'vitest';
import { kerberosClient } from '../../../../src/analysis/protocols/kerberos.ts';
import { clearUser, httpLogin } from '../../../../src/analysis/protocols/logins.ts';
import { ntlmSender } from '../../../../src/analysis/protocols/ntlm.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { ticketReply, ticketRequest } from '../../../builders/payloads/kerberos.ts';
import { ntlmAuthenticate, ntlmChallenge, smbSessionSetup } from '../../../builders/payloads/ntlm.ts';

const REQUEST = { client: 'Becka', realm: 'EXAMPLE.COM', machine: 'DESKTOP-1' };

function kerberos(bytes: Uint8Array) {
  return kerberosClient(concat([9, 9], bytes), 2, 2 + bytes.length);
}

function ntlm(bytes: Uint8Array) {
  return ntlmSender(bytes, 0, bytes.length);
}

describe('kerberosClient', () => {
  it('reads the user, the realm and the machine of a request', () => {
    const client = { name: 'becka', realm: 'example.com', machine: 'desktop-1', isReply: false, isProven: true };
    expect(kerberos(ticketRequest(REQUEST))).toEqual(client);
    expect(kerberos(ticketRequest({ ...REQUEST, proven: false }))).toEqual({ ...client, isProven: false });
    const host = kerberos(ticketRequest({ client: 'host/desktop-1.example.com', realm: 'EXAMPLE.COM' }));
    expect(host).toMatchObject({ name: 'host/desktop-1.example.com', machine: '' });
  });

  it('reads a reply whose ticket is cut off', () => {
    const reply = ticketReply(REQUEST);
    expect(kerberos(reply.subarray(0, 120))).toMatchObject({ name: 'becka', realm: 'example.com', isReply: true });
  });

  it('takes nothing of what is cut before the name, or is something else', () => {
    const request = ticketRequest({ client: 'becka', realm: 'EXAMPLE.COM' });
    const name = request.findIndex((_, at) => String.fromCharCode(...request.subarray(at, at + 5)) === 'becka');
    for (let length = 0; length < name; length++) expect(kerberos(request.subarray(0, length))).toBeNull();
    expect(kerberos(latin1('GET / HTTP/1.1'))).toBeNull();
  });
});

describe('ntlmSender', () => {
  it('reads who authenticates, also where other bytes are before it', () => {
    const message = ntlmAuthenticate({ user: 'Ünal', domain: 'EXAMPLE', machine: 'DESKTOP-1', build: 19_041 });
    expect(ntlm(concat(latin1('NTLM and more'), message))).toEqual({
      isServer: false,
      user: 'Ünal',
      domain: 'EXAMPLE',
      machine: 'DESKTOP-1',
      version: '10.0 build 19041',
    });
  });

  it("reads a server's names out of its challenge, the fuller one", () => {
    const server = ntlm(ntlmChallenge({ machine: 'dc1.example.com', domain: 'EXAMPLE', build: 17_763 }));
    expect(server).toMatchObject({ isServer: true, machine: 'dc1.example.com', version: '10.0 build 17763', user: '' });
  });

  it('takes no text that lies beyond the end', () => {
    const message = ntlmAuthenticate({ user: 'becka', domain: 'EXAMPLE' });
    for (let length = 0; length < message.length; length++) {
      const sender = ntlm(message.subarray(0, length));
      expect(['', 'becka']).toContain(sender?.user ?? '');
    }
    expect(ntlm(smbSessionSetup(new Uint8Array(100)))).toBeNull();
  });
});

describe('logins in the clear', () => {
  const login = (line: string, by: 'ftp' | 'pop3' | 'imap') => clearUser(latin1(line), 0, line.length, by);
  const http = (value: string) => {
    const request = latin1(`GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: ${value}\r\n\r\n`);
    return httpLogin(request, 0, request.length);
  };

  it('are those of FTP, POP3 and IMAP', () => {
    expect(login('USER jane\r\n', 'ftp')).toBe('jane');
    expect(login('user jane doe\r\n', 'pop3')).toBe('jane doe');
    expect(login('a1 LOGIN "jane" "secret"\r\n', 'imap')).toBe('jane');
    expect(login('USER anonymous\r\n', 'ftp')).toBe('');
    expect(login('PASS secret\r\n', 'ftp')).toBe('');
  });

  it('are those of HTTP, whose tokens are decoded', () => {
    expect(http(`Basic ${btoa('jane:secret')}`)).toEqual({ user: 'jane', token: null });
    expect(http('Digest username="jane", realm="x"')?.user).toBe('jane');
    const token = ntlmAuthenticate({ user: 'jane' });
    expect(http(`NTLM ${btoa(String.fromCharCode(...token))}`)?.token).toEqual(token);
    expect(http('Bearer abc')).toBeNull();
  });
});
