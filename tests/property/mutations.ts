import fc from 'fast-check';

/** Numbers that a length or a count in a file should not be. */
const ODD_NUMBERS = [
  0, 1, 3, 0x7fff, 0xffff, 0x0001_0000, 0x0004_0000, 0x00ff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
];

/** A change somewhere in a file; `at` counts round the file's end. */
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('byte'), at: fc.nat(), value: fc.nat({ max: 255 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('little', 'big'),
      at: fc.nat(),
      value: fc.constantFrom(...ODD_NUMBERS),
    }),
  },
  fc.record({
    kind: fc.constantFrom('zeros', 'taken out', 'twice'),
    at: fc.nat(),
    value: fc.integer({ min: 1, max: 500 }),
  }),
  fc.record({ kind: fc.constant('cut'), at: fc.nat(), value: fc.constant(0) }),
);

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Up to twenty changes to a file, one after another. */
export const mutation: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc
  .array(change, { minLength: 1, maxLength: 20 })
  .map((changes) => (bytes) => changes.reduce(changed, Uint8Array.from(bytes)));

function changed(bytes: Uint8Array, { kind, at, value }: Change): Uint8Array {
  if (bytes.length < 4) return bytes;
  const place = at % (bytes.length - 3);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (kind === 'byte') bytes[place] = value;
  else if (kind === 'little' || kind === 'big') view.setUint32(place, value, kind === 'little');
  else if (kind === 'zeros') bytes.fill(0, place, place + value);
  else if (kind === 'cut') return bytes.slice(0, place);
  else
    return joined(
      bytes.subarray(0, kind === 'twice' ? place + value : place),
      bytes.subarray(kind === 'twice' ? place : place + value),
    );
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
