import { log } from './logarithms';
import { at, CENTRES, COUNT_LOGS, FOUND, put, SCALES, STARTS, WIDTHS } from './memory';
import { end1, explainedSeconds, findBand, first1, logRatioOfBest, placeBand } from './rhythm-bands';
import { fitNull } from './rhythm-null';
import { findScales, LEAST_VISITS, visitGaps } from './rhythm-scales';

const SEARCH_PRICE: f64 = 2;
const ROUNDING: f64 = 1e-6;

/** Where starts are put, tables begin (see `../rhythm-kernel.ts`), and what was found lies. */
export function startsAt(): usize {
  return STARTS;
}
export function tablesAt(): usize {
  return COUNT_LOGS;
}
export function foundAt(): usize {
  return FOUND;
}

/** Returns whether there is one; what was found lies at `foundAt`. */
export function findRhythm(events: i32, price: f64, least: f64): bool {
  if (events < LEAST_VISITS || at(STARTS, events - 1) == at(STARTS, 0)) return false;
  const scales = findScales(events);
  if (scales == 0) return false;
  const spanS = (at(STARTS, events - 1) - at(STARTS, 0)) / 1000;
  const logScales = log(<f64>scales);
  const searchPrice = SEARCH_PRICE + logScales + price;
  let strongest: f64 = -Infinity;
  memory.fill(FOUND, 0, 7 * 8);
  put(FOUND, 3, <f64>scales);
  for (let index = scales - 1; index >= 0; index--) {
    const scaleS = at(SCALES, index);
    const count = visitGaps(events, scaleS);
    const nullModel = fitNull(count, scaleS);
    const halfLog = 0.5 * log(<f64>count);
    const enough = max(strongest, least);
    const band = findBand(count, scaleS, enough + searchPrice + halfLog - ROUNDING);
    if (band < 0) continue;
    const evidence = logRatioOfBest - logScales - SEARCH_PRICE - halfLog - price;
    let strength = evidence;
    if (evidence > 0) {
      placeBand(count, at(CENTRES, band), at(WIDTHS, band), scaleS);
      strength *= (explainedSeconds() / spanS) * (<f64>(end1 - first1) / <f64>count);
    }
    if (strength >= strongest) {
      strongest = strength;
      put(FOUND, 1, evidence);
      put(FOUND, 2, scaleS);
      put(FOUND, 4, <f64>nullModel);
      put(FOUND, 5, at(CENTRES, band));
      put(FOUND, 6, at(WIDTHS, band));
    }
  }
  put(FOUND, 0, strongest);
  return strongest > least || least == -Infinity;
}
