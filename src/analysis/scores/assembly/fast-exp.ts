import { exp, LN2 } from './logarithms';
import { at, FRACTIONS, POWERS } from './memory';

const STEP_HIGH: f64 = 2977044472 / 1099511627776.0;
const STEP_LOW: f64 = LN2 / 256 - STEP_HIGH + 2.3190468138462996e-17 / 256;

export function fastExp(x: f64): f64 {
  if (!(x < 700)) return exp(x);
  if (x < -700) return 0;
  const steps = <i32>(x * (256 / LN2));
  const rest = x - <f64>steps * STEP_HIGH - <f64>steps * STEP_LOW;
  const series = rest * (1 + rest * (1.0 / 2 + rest * (1.0 / 6 + rest * (1.0 / 24 + rest * (1.0 / 120)))));
  const fraction = at(FRACTIONS, steps & 255);
  return (fraction + fraction * series) * at(POWERS, (steps >> 8) + 1022);
}

/** The same of two numbers above -700 and below 700. */
export function fastExps(x: v128): v128 {
  const steps = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(x, f64x2.splat(256 / LN2)));
  const whole = f64x2.convert_low_i32x4_s(steps);
  const rest = f64x2.sub(
    f64x2.sub(x, f64x2.mul(whole, f64x2.splat(STEP_HIGH))),
    f64x2.mul(whole, f64x2.splat(STEP_LOW)),
  );
  let series = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(rest, f64x2.splat(1.0 / 120)));
  series = f64x2.add(f64x2.splat(1.0 / 6), f64x2.mul(rest, series));
  series = f64x2.add(f64x2.splat(1.0 / 2), f64x2.mul(rest, series));
  series = f64x2.mul(rest, f64x2.add(f64x2.splat(1), f64x2.mul(rest, series)));
  const fraction = v128.load64_lane(
    FRACTIONS + ((<usize>(i32x4.extract_lane(steps, 1) & 255)) << 3),
    v128.load64_zero(FRACTIONS + ((<usize>(i32x4.extract_lane(steps, 0) & 255)) << 3)),
    1,
  );
  const powers = i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.shr_s(steps, 8)), i64x2.splat(1023)), 52);
  return f64x2.mul(f64x2.add(fraction, f64x2.mul(fraction, series)), powers);
}

/** Whether both of two numbers are what `fastExps` can take. */
export function areSmall(x: v128): bool {
  return v128.all_true<i64>(f64x2.lt(f64x2.abs(x), f64x2.splat(700)));
}
