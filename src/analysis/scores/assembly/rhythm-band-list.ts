import { CENTRES, GAPS, put, WIDTHS } from './memory';
import { percentile } from './statistics';

const WIDEST: f64 = 0.9;
const LEAST_BOUND_S: f64 = 1e-3;

/** How many there are. */
export let bands: i32 = 0;

function addBand(centre: f64, width: f64): void {
  put(CENTRES, bands, centre);
  put(WIDTHS, bands, width);
  bands++;
}

function addCentre(count: i32, q: f64, before: f64): f64 {
  const centre = percentile(GAPS, count, q);
  if (centre == before) return before;
  addBand(centre, 0.01);
  addBand(centre, 0.03);
  addBand(centre, 0.08);
  addBand(centre, 0.15);
  addBand(centre, 0.25);
  addBand(centre, 0.4);
  addBand(centre, 0.6);
  addBand(centre, 0.82);
  return centre;
}

function addPair(lowest: f64, highest: f64, longer: f64): void {
  const margin = (highest - lowest) / longer;
  const low = max(lowest - margin, LEAST_BOUND_S);
  const high = highest + margin;
  addBand((low + high) / 2, min((high - low) / (high + low), WIDEST));
}

function addPairs(count: i32, q: f64, high1: f64, high2: f64, high3: f64, high4: f64): void {
  const lowest = percentile(GAPS, count, q);
  const longer = <f64>(count + 1);
  addPair(lowest, high1, longer);
  addPair(lowest, high2, longer);
  addPair(lowest, high3, longer);
  addPair(lowest, high4, longer);
}

export function listBands(count: i32): void {
  bands = 0;
  let before = addCentre(count, 0.08, NaN);
  before = addCentre(count, 0.2, before);
  before = addCentre(count, 0.3, before);
  before = addCentre(count, 0.4, before);
  before = addCentre(count, 0.5, before);
  before = addCentre(count, 0.6, before);
  before = addCentre(count, 0.7, before);
  before = addCentre(count, 0.8, before);
  addCentre(count, 0.92, before);
  const high1 = percentile(GAPS, count, 0.7);
  const high2 = percentile(GAPS, count, 0.85);
  const high3 = percentile(GAPS, count, 0.94);
  const high4 = percentile(GAPS, count, 1);
  addPairs(count, 0, high1, high2, high3, high4);
  addPairs(count, 0.06, high1, high2, high3, high4);
  addPairs(count, 0.15, high1, high2, high3, high4);
  addPairs(count, 0.3, high1, high2, high3, high4);
}
