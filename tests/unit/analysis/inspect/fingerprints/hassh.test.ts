import { describe, expect, it } from 'vitest';
import { hassh, isSshIdentification } from '../../../../../src/analysis/inspect/fingerprints/hassh.ts';
import { concat, latin1 } from '../../../../builders/payloads/bytes.ts';
import { kexInit, sshIdentification } from '../../../../builders/payloads/ssh.ts';

/** The client of the published example (https://github.com/salesforce/hassh, README), Cyberduck 6.7.1. */
const KEY_EXCHANGE =
  'curve25519-sha256@libssh.org,diffie-hellman-group-exchange-sha256,ecdh-sha2-nistp521,ecdh-sha2-nistp384,' +
  'ecdh-sha2-nistp256,diffie-hellman-group-exchange-sha1,diffie-hellman-group1-sha1,diffie-hellman-group14-sha1,' +
  'diffie-hellman-group14-sha256,diffie-hellman-group15-sha512,diffie-hellman-group16-sha512,diffie-hellman-group17-sha512,' +
  'diffie-hellman-group18-sha512,diffie-hellman-group14-sha256@ssh.com,diffie-hellman-group15-sha256,' +
  'diffie-hellman-group15-sha256@ssh.com,diffie-hellman-group15-sha384@ssh.com,diffie-hellman-group16-sha256,' +
  'diffie-hellman-group16-sha384@ssh.com,diffie-hellman-group16-sha512@ssh.com,diffie-hellman-group18-sha512@ssh.com';
const CIPHERS =
  'aes128-cbc,aes128-ctr,aes192-cbc,aes192-ctr,aes256-cbc,aes256-ctr,blowfish-cbc,blowfish-ctr,cast128-cbc,' +
  'cast128-ctr,idea-cbc,idea-ctr,serpent128-cbc,serpent128-ctr,serpent192-cbc,serpent192-ctr,serpent256-cbc,serpent256-ctr,' +
  '3des-cbc,3des-ctr,twofish128-cbc,twofish128-ctr,twofish192-cbc,twofish192-ctr,twofish256-cbc,twofish256-ctr,twofish-cbc,' +
  'arcfour,arcfour128,arcfour256';
const MACS = 'hmac-sha1,hmac-sha1-96,hmac-md5,hmac-md5-96,hmac-sha2-256,hmac-sha2-512';
const COMPRESSION = 'zlib@openssh.com,zlib,none';
const HASSH = '8a8ae540028bf433cd68356c1b9e8d5b';

const TO_SERVER = kexInit([KEY_EXCHANGE, 'ssh-rsa', CIPHERS, 'x', MACS, 'y', COMPRESSION, 'z']);
const TO_CLIENT = kexInit([KEY_EXCHANGE, 'ssh-rsa', 'x', CIPHERS, 'y', MACS, 'z', COMPRESSION]);

function fingerprint(bytes: Uint8Array, client: boolean): string | null {
  return hassh(concat([0, 0], bytes, [7, 7]), 2, 2 + bytes.length, client);
}

describe('hassh', () => {
  it('gives the published example, for a client and turned round for a server', () => {
    expect(fingerprint(TO_SERVER, true)).toBe(HASSH);
    expect(fingerprint(TO_CLIENT, false)).toBe(HASSH);
    expect(fingerprint(TO_SERVER, false)).not.toBe(HASSH);
  });

  it('finds the message behind the identification and what a server may say before that', () => {
    expect(fingerprint(concat(sshIdentification('Cyberduck/6.7.1'), TO_SERVER), true)).toBe(HASSH);
    const greeting = latin1('no trespassing\r\nreally\n');
    expect(fingerprint(concat(greeting, sshIdentification('x'), TO_CLIENT), false)).toBe(HASSH);
    expect(fingerprint(latin1('line\n'.repeat(40)), false)).toBe('');
  });

  it('waits for what is missing, and gives nothing for another message or a list that is longer than it', () => {
    const stream = concat(sshIdentification('x'), TO_SERVER);
    const known = stream.length - 26 - 4;
    for (let length = 1; length < known - 40; length += 7)
      expect(fingerprint(stream.subarray(0, length), true)).toBeNull();
    const other = TO_SERVER.slice();
    other[5] = 21;
    expect(fingerprint(other, true)).toBe('');
    const lies = TO_SERVER.slice();
    lies[22] = 0xff;
    expect(fingerprint(lies, true)).toBe('');
  });
});

it('isSshIdentification tells SSH by its first bytes', () => {
  expect(isSshIdentification(latin1('SSH-2.0-x\r\n'), 0, 11)).toBe(true);
  expect(isSshIdentification(latin1('SSH-2.0-x\r\n'), 0, 3)).toBe(false);
  expect(isSshIdentification(latin1('SSD-2.0-x\r\n'), 0, 11)).toBe(false);
});
