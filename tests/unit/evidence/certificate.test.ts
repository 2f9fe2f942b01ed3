import { describe, expect, it } from 'vitest';
import { certificateInFull } from '../../../src/evidence/certificate.ts';
import { concat, latin1, u16 } from '../../builders/payloads/bytes.ts';
import { certificateOf, der } from '../../builders/payloads/certificate.ts';

const [SEQUENCE, SET, OBJECT, OCTETS, INTEGER] = [0x30, 0x31, 0x06, 0x04, 0x02];
const [UTF8, PRINTABLE, BMP, UTC, GENERALIZED] = [0x0c, 0x13, 0x1e, 0x17, 0x18];
const ECDSA = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const NAMES = [0x55, 0x1d, 0x11];

function nameOf(
  ...parts: readonly (readonly [identifier: readonly number[], tag: number, text: Uint8Array])[]
): Uint8Array {
  return der(
    SEQUENCE,
    ...parts.map(([identifier, tag, text]) => der(SET, der(SEQUENCE, der(OBJECT, identifier), der(tag, text)))),
  );
}

function extension(identifier: readonly number[], ...value: readonly Uint8Array[]): Uint8Array {
  return der(SEQUENCE, der(OBJECT, identifier), ...value);
}

/** A certificate with the parts that a test is about. */
function certificate({
  subject = nameOf([COMMON_NAME, UTF8, latin1('a.example')]),
  times = [der(UTC, latin1('260101000000Z')), der(UTC, latin1('270101000000Z'))],
  names = [der(0x82, latin1('a.example'))],
  serial = [0x12, 0x34],
}: {
  subject?: Uint8Array;
  times?: readonly Uint8Array[];
  names?: readonly Uint8Array[];
  serial?: readonly number[];
}): Uint8Array {
  return certificateOf({
    serial,
    algorithm: der(SEQUENCE, der(OBJECT, ECDSA)),
    issuer: nameOf([COMMON_NAME, UTF8, latin1('issuer')]),
    times,
    subject,
    extensions: [
      extension([0x55, 0x1d, 0x13], der(0x01, [0xff]), der(OCTETS, der(SEQUENCE, der(0x01, [0xff])))),
      extension([0x55, 0x1d, 0x0e]),
      extension(NAMES, der(OCTETS, der(SEQUENCE, ...names))),
    ],
  });
}

describe('a certificate', () => {
  it('is told with names in any alphabet, and attributes by their numbers where they have no name', () => {
    const subject = nameOf(
      [COMMON_NAME, UTF8, new TextEncoder().encode('bücher.example')],
      [[0x55, 0x04, 0x0a], BMP, concat(u16(0x4f60), u16(0x597d))],
      [[0x55, 0x04, 0x06], PRINTABLE, latin1('CN')],
      [[0x2a, 0x03, 0x81, 0x00], UTF8, latin1('x')],
    );
    expect(certificateInFull(certificate({ subject }))).toMatchObject({
      subject: 'CN=bücher.example, O=你好, C=CN, 1.2.3.128=x',
      issuer: 'CN=issuer',
      serial: '1234',
      signature: 'ECDSA with SHA-256',
      bytes: certificate({ subject }).length,
    });
  });

  it('is told with all kinds of other names, behind other extensions, forty at most', () => {
    const names = [
      der(0x81, latin1('a@b.example')),
      der(0x82, latin1('*.b.example')),
      der(0x86, latin1('https://b.example')),
      der(0x87, [192, 0, 2, 1]),
      der(0x87, [0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1]),
      der(0x87, [1, 2, 3, 4, 5]),
      der(0xa4, [1, 2, 3]),
    ];
    const told = [
      'mail a@b.example',
      '*.b.example',
      'https://b.example',
      '192.0.2.1',
      '2001:db8::1',
      'address of 5 bytes',
      'other name of 3 bytes',
    ];
    const few = certificateInFull(certificate({ names }));
    expect([few?.alternativeNames, few?.otherNames]).toEqual([told, 0]);
    const many = certificateInFull(
      certificate({ names: Array.from({ length: 45 }, (_, at) => der(0x82, latin1(`n${at}.example`))) }),
    );
    expect([many?.alternativeNames.length, many?.alternativeNames.at(-1), many?.otherNames]).toEqual([
      40,
      'n39.example',
      5,
    ]);
  });

  it('is told with forty bytes of its serial number', () => {
    const serialOf = (length: number): string | undefined =>
      certificateInFull(certificate({ serial: Array.from({ length }, () => 0x5a) }))?.serial;
    expect([serialOf(40), serialOf(100)]).toEqual(['5a'.repeat(40), '5a'.repeat(40)]);
  });

  it('is told with times of either century, and without those that are none', () => {
    const timesOf = (...times: readonly Uint8Array[]): string[] => {
      const { notBefore, notAfter } = certificateInFull(certificate({ times }))!;
      return [notBefore, notAfter];
    };
    expect(timesOf(der(UTC, latin1('500101000000Z')), der(UTC, latin1('4912312359Z')))).toEqual([
      '1950-01-01T00:00:00Z',
      '2049-12-31T23:59:00Z',
    ]);
    expect(timesOf(der(GENERALIZED, latin1('99991231235959Z')), der(UTC, latin1('269901000000Z')))).toEqual([
      '9999-12-31T23:59:59Z',
      '',
    ]);
    expect(timesOf(der(UTF8, latin1('260101000000Z')), der(UTC, latin1('tomorrow')))).toEqual(['', '']);
    expect(timesOf()).toEqual(['', '']);
  });

  it('is none where its beginning is not one', () => {
    for (const bytes of [
      latin1('<html>'),
      der(SEQUENCE),
      der(SEQUENCE, der(INTEGER, [1])),
      der(SEQUENCE, der(SEQUENCE)),
    ])
      expect(certificateInFull(bytes)).toBeNull();
    const oddSubject = certificate({ subject: der(UTF8, latin1('a.example')) });
    expect(certificateInFull(oddSubject)).toBeNull();
  });

  it('is told as far as it goes, or not, however it is cut and damaged', () => {
    const whole = certificate({});
    for (let length = 0; length < whole.length; length++)
      expect(() => certificateInFull(whole.subarray(0, length))).not.toThrow();
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0xff, whole[at] ^ 1])
        expect(() => certificateInFull(whole.with(at, value))).not.toThrow();
    }
  });
});
