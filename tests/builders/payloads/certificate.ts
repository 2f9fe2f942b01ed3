import { concat, latin1 } from './bytes.ts';

export interface CertificateFields {
  /** Common name and organization, each left out for null. */
  subject: { commonName: string | null; organization: string | null };
  issuer: { commonName: string | null; organization: string | null };
  /** DNS names among the subject's alternative names; none leaves the extension out. */
  dnsNames?: readonly string[];
  /** When it ends to be valid, as UTCTime or, with four digits of the year, as GeneralizedTime. */
  until?: string;
}

/** One DER element (X.690, section 8.1). */
export function der(tag: number, ...content: readonly ArrayLike<number>[]): Uint8Array {
  const body = concat(...content);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat([tag], size, body);
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT = 0x06;
const ALGORITHM = der(SEQUENCE, der(OBJECT, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]), der(0x05));

/** What a certificate says, as it is encoded. */
export interface CertificateParts {
  serial?: ArrayLike<number>;
  algorithm?: Uint8Array;
  issuer: Uint8Array;
  times: readonly Uint8Array[];
  subject: Uint8Array;
  extensions: readonly Uint8Array[];
}

/** An X.509 certificate (RFC 5280, section 4.1) with a key and a signature of nothing. */
export function certificateOf({
  serial = [7],
  algorithm = ALGORITHM,
  issuer,
  times,
  subject,
  extensions,
}: CertificateParts): Uint8Array {
  const signed = der(
    SEQUENCE,
    der(0xa0, der(0x02, [2])),
    der(0x02, serial),
    algorithm,
    issuer,
    der(SEQUENCE, ...times),
    subject,
    der(SEQUENCE, algorithm, der(0x03, [0])),
    extensions.length === 0 ? [] : der(0xa3, der(SEQUENCE, ...extensions)),
  );
  return der(SEQUENCE, signed, algorithm, der(0x03, [0]));
}

/** The same of what most tests are about. */
export function certificate({
  subject,
  issuer,
  dnsNames = [],
  until = '270101000000Z',
}: CertificateFields): Uint8Array {
  const alternatives = der(SEQUENCE, ...dnsNames.map((name) => der(0x82, latin1(name))));
  const extension = der(SEQUENCE, der(OBJECT, [0x55, 0x1d, 0x11]), der(0x04, alternatives));
  return certificateOf({
    issuer: distinguishedName(issuer),
    times: [der(0x17, latin1('260101000000Z')), der(until.length > 13 ? 0x18 : 0x17, latin1(until))],
    subject: distinguishedName(subject),
    extensions: dnsNames.length === 0 ? [] : [extension],
  });
}

function distinguishedName({ commonName, organization }: CertificateFields['subject']): Uint8Array {
  const part = (attribute: number, value: string | null): ArrayLike<number> => {
    return value === null
      ? []
      : der(SET, der(SEQUENCE, der(OBJECT, [0x55, 0x04, attribute]), der(0x0c, latin1(value))));
  };
  return der(SEQUENCE, part(0x0a, organization), part(0x03, commonName));
}
