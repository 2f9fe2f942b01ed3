import { at, MANTISSA_LOGS } from './memory';

export const LN2: f64 = 0.6931471805599453;

/** The engine's own: others would differ in the last bit. */
export declare function log(x: f64): f64;
export declare function exp(x: f64): f64;

export function logBelow(value: f64): f64 {
  const high = <u32>(reinterpret<u64>(value) >> 32);
  return <f64>(<i32>(high >>> 20) - 1023) * LN2 + at(MANTISSA_LOGS, <i32>((high >>> 14) & 63));
}
