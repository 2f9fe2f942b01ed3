/** Whether a number is one of the sixteen that are reserved to be ignored: 0x0a0a, 0x1a1a, ... 0xfafa (RFC 8701). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

/** The numbers of a list that mean something, in their order. */
export function withoutGrease(values: readonly number[]): number[] {
  return values.filter((value) => !isGrease(value));
}
