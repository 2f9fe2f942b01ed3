import { ByteWriter } from '../bytes.ts';
import { concat, latin1 } from './bytes.ts';

const UNICODE = 1;
const WITH_VERSION = 0x0200_0000;

function utf16(text: string): Uint8Array {
  const writer = new ByteWriter(true);
  for (let at = 0; at < text.length; at++) writer.u16(text.charCodeAt(at));
  return writer.finish();
}

export interface NtlmMessage {
  user?: string;
  domain?: string;
  machine?: string;
  /** The build of Windows 10.0 that made it; 0 for a message without a version. */
  build?: number;
}

/** The message in which a client names its user ([MS-NLMP], section 2.2.1.3). */
export function ntlmAuthenticate({ user = '', domain = '', machine = '', build = 0 }: NtlmMessage): Uint8Array {
  const texts = [new Uint8Array(24), new Uint8Array(24), utf16(domain), utf16(user), utf16(machine), new Uint8Array(0)];
  const head = new ByteWriter(true).bytes(latin1('NTLMSSP\0')).u32(3);
  let at = 88;
  for (const text of texts) {
    head.u16(text.length).u16(text.length).u32(at);
    at += text.length;
  }
  head.u32(UNICODE | (build === 0 ? 0 : WITH_VERSION));
  head
    .u8(build === 0 ? 0 : 10)
    .u8(0)
    .u16(build)
    .zeros(4)
    .zeros(16);
  return concat(head.finish(), ...texts);
}

/** The message in which a server names itself (section 2.2.1.2). */
export function ntlmChallenge({ machine = '', domain = '', build = 0 }: NtlmMessage): Uint8Array {
  const pair = (kind: number, text: string): Uint8Array => {
    const bytes = utf16(text);
    return concat(new ByteWriter(true).u16(kind).u16(bytes.length).finish(), bytes);
  };
  const info = concat(pair(2, domain), pair(1, machine.split('.', 1)[0]), pair(3, machine), [0, 0, 0, 0]);
  const head = new ByteWriter(true).bytes(latin1('NTLMSSP\0')).u32(2).u16(0).u16(0).u32(56);
  head
    .u32(UNICODE | WITH_VERSION)
    .zeros(16)
    .u16(info.length)
    .u16(info.length)
    .u32(56);
  return concat(head.u8(10).u8(0).u16(build).zeros(4).finish(), info);
}

/** A message of SMB 2 that sets up a session ([MS-SMB2], section 2.2.5) with a token, behind NetBIOS's length. */
export function smbSessionSetup(token: Uint8Array): Uint8Array {
  const head = new ByteWriter(true).bytes([0xfe, 0x53, 0x4d, 0x42]).u16(64).u16(0).u32(0).u16(1).zeros(50).zeros(24);
  const message = concat(head.finish(), token);
  return concat([0, 0, message.length >> 8, message.length & 255], message);
}
