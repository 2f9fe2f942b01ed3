import { concat, filler, latin1, u16, u32 } from '../payloads/bytes.ts';

const REALM = 'OFFICE.EXAMPLE';
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const GENERALIZED_TIME = 0x18;
const GENERAL_STRING = 0x1b;
const ENCRYPTION_AES256 = 18;

function der(tag: number, ...content: readonly ArrayLike<number>[]): Uint8Array {
  const body = concat(...content);
  const length = body.length < 0x80 ? [body.length] : [0x82, ...u16(body.length)];
  return concat([tag], length, body);
}

function field(number: number, value: Uint8Array): Uint8Array {
  return der(0xa0 | number, value);
}

function application(number: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return der(0x60 | number, der(SEQUENCE, ...fields));
}

function integer(value: number): Uint8Array {
  return der(INTEGER, [value]);
}

function text(value: string): Uint8Array {
  return der(GENERAL_STRING, latin1(value));
}

function principal(type: number, ...parts: readonly string[]): Uint8Array {
  return der(SEQUENCE, field(0, integer(type)), field(1, der(SEQUENCE, ...parts.map(text))));
}

function encrypted(length: number): Uint8Array {
  return der(SEQUENCE, field(0, integer(ENCRYPTION_AES256)), field(2, der(OCTET_STRING, filler(length))));
}

/** A message as it goes over TCP: four bytes of length before it (RFC 4120, section 7.2.2). */
function overTcp(message: Uint8Array): Uint8Array {
  return concat(u32(message.length), message);
}

/** A request for a first ticket (AS-REQ, RFC 4120, section 5.4.1). */
export function kerberosRequest(user: string): Uint8Array {
  const body = der(
    SEQUENCE,
    field(0, der(BIT_STRING, [0, 0x40, 0x81, 0x00, 0x10])),
    field(1, principal(1, user)),
    field(2, text(REALM)),
    field(3, principal(2, 'krbtgt', REALM)),
    field(5, der(GENERALIZED_TIME, latin1('20260303080000Z'))),
    field(7, der(INTEGER, [0x12, 0x34, 0x56, 0x78])),
    field(8, der(SEQUENCE, integer(ENCRYPTION_AES256))),
  );
  return overTcp(application(10, field(1, integer(5)), field(2, integer(10)), field(4, body)));
}

/** The ticket (AS-REP, RFC 4120, section 5.4.2), with filler where it is encrypted. */
export function kerberosReply(user: string): Uint8Array {
  const ticket = application(
    1,
    field(0, integer(5)),
    field(1, text(REALM)),
    field(2, principal(2, 'krbtgt', REALM)),
    field(3, encrypted(700)),
  );
  return overTcp(
    application(
      11,
      field(0, integer(5)),
      field(1, integer(11)),
      field(3, text(REALM)),
      field(4, principal(1, user)),
      field(5, ticket),
      field(6, encrypted(240)),
    ),
  );
}
