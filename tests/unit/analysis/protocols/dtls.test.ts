import { expect, it } from 'vitest';
import { dtlsHelloBody, isDtlsRecord } from '../../../../src/analysis/protocols/dtls.ts';
import { concat, u16 } from '../../../builders/payloads/bytes.ts';

const BODY = Uint8Array.of(1, 2, 3, 4, 5);

function datagram(type: number, offset = 0, length = BODY.length): Uint8Array {
  const message = concat([type, 0, ...u16(length), 0, 0, 0, ...u16(offset), 0, ...u16(BODY.length)], BODY);
  return concat([22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0], u16(message.length), message);
}

function bodyIn(bytes: Uint8Array): { fromClient: boolean; body: number[] } {
  const { fromClient, start, end } = dtlsHelloBody(concat([9], bytes), 1, 1 + bytes.length);
  return { fromClient, body: [...bytes.subarray(start - 1, end - 1)] };
}

it('finds the body of a hello of either side', () => {
  expect(bodyIn(datagram(1))).toEqual({ fromClient: true, body: [...BODY] });
  expect(bodyIn(datagram(2))).toEqual({ fromClient: false, body: [...BODY] });
});

it('finds nothing in fragments, other messages, other records and what is cut', () => {
  const others = [
    datagram(3),
    datagram(1, 1),
    datagram(1, 0, 9),
    datagram(1).fill(0xff, 1, 3),
    datagram(1).subarray(0, 29),
  ];
  for (const bytes of others) expect(bodyIn(bytes).body).toEqual([]);
});

it('tells a record by type, version and length', () => {
  const bytes = datagram(1);
  expect(isDtlsRecord(bytes, 0, bytes.length)).toBe(true);
  expect(isDtlsRecord(bytes, 0, bytes.length - 1)).toBe(false);
  expect(isDtlsRecord(concat([19], bytes.subarray(1)), 0, bytes.length)).toBe(false);
});
