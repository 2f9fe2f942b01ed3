import { concat, latin1 } from './bytes.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTETS = 0x04;
const GENERAL_STRING = 0x1b;
const PASSWORD_PROOF = 2;
const NETBIOS = 20;

/** An element of DER with a length of one or two bytes (X.690, section 8.1). */
function der(tag: number, ...parts: readonly ArrayLike<number>[]): Uint8Array {
  const content = concat(...parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
  return concat([tag, ...length], content);
}

function tagged(number: number, content: ArrayLike<number>): Uint8Array {
  return der(0xa0 + number, content);
}

function principal(parts: readonly string[]): Uint8Array {
  const names = parts.map((part) => der(GENERAL_STRING, latin1(part)));
  return der(SEQUENCE, tagged(0, der(INTEGER, [1])), tagged(1, der(SEQUENCE, ...names)));
}

export interface TicketRequest {
  /** "becka", "DESKTOP-1$", "host/desktop-1.example.com". */
  client: string;
  realm: string;
  /** NetBIOS name of the machine, left out when ''. */
  machine?: string;
  /** Whether the request proves that the client has a password. */
  proven?: boolean;
}

/** A request for a ticket (RFC 4120, section 5.4.1), as it is over UDP. */
export function ticketRequest({ client, realm, machine = '', proven = true }: TicketRequest): Uint8Array {
  const proof = der(SEQUENCE, tagged(1, der(INTEGER, [PASSWORD_PROOF])), tagged(2, der(OCTETS, new Uint8Array(60))));
  const address = der(
    SEQUENCE,
    tagged(0, der(INTEGER, [NETBIOS])),
    tagged(1, der(OCTETS, concat(latin1(machine.padEnd(15)), [0x20]))),
  );
  const body = der(
    SEQUENCE,
    tagged(0, der(0x03, [0, 0x40, 0x81, 0, 0x10])),
    tagged(1, principal(client.split('/'))),
    tagged(2, der(GENERAL_STRING, latin1(realm))),
    tagged(3, principal(['krbtgt', realm])),
    ...(machine === '' ? [] : [tagged(9, der(SEQUENCE, address))]),
  );
  return der(
    0x6a,
    der(
      SEQUENCE,
      tagged(1, der(INTEGER, [5])),
      tagged(2, der(INTEGER, [10])),
      ...(proven ? [tagged(3, der(SEQUENCE, proof))] : []),
      tagged(4, body),
    ),
  );
}

/** The reply that gives a client a ticket (section 5.4.2), `ticketBytes` long behind what names the client. */
export function ticketReply({ client, realm }: TicketRequest, ticketBytes = 900): Uint8Array {
  return der(
    0x6b,
    der(
      SEQUENCE,
      tagged(0, der(INTEGER, [5])),
      tagged(1, der(INTEGER, [11])),
      tagged(3, der(GENERAL_STRING, latin1(realm))),
      tagged(4, principal(client.split('/'))),
      tagged(5, der(OCTETS, new Uint8Array(ticketBytes))),
    ),
  );
}
