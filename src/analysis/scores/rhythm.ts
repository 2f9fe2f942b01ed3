import { findBand, placeBand } from './rhythm-bands.ts';
import type { GapDescription } from './rhythm-description.ts';
import { describeGaps } from './rhythm-description.ts';
import { fitNull } from './rhythm-null.ts';
import { findScales, LEAST_VISITS, visitGaps } from './rhythm-scales.ts';
import type { RhythmScratch } from './rhythm-scratch.ts';
import { createRhythmScratch, MOST_EVENTS } from './rhythm-scratch.ts';
import type { Unscored } from './unscored.ts';

/** A connection's rhythm and how it came about. Times are seconds where the name ends in S, else milliseconds. */
export interface Rhythm extends GapDescription {
  /** 0 to below 1: `strength / (strength + 3)`, 0 without evidence. */
  score: number;
  /**
   * S, what connections are ranked by: `evidence * explainedShare * singleShare`, or the evidence where that is 0 or
   * less.
   */
  strength: number;
  /** E in nats: by how much the best band beats the best explanation without a rhythm, less the price of the search. */
  evidence: number;
  /** tau: events up to this far apart are one visit. */
  scaleS: number;
  /** How many burst scales were looked at. */
  scales: number;
  /** m: gaps between visits at this scale. */
  gaps: number;
  /** Index in `NULLS` of what the band was measured against. */
  nullModel: number;
  /** Middle c and relative half width w of the scored band, and the bounds of one, two and three periods of it. */
  centreS: number;
  width: number;
  bandsS: [low: number, high: number][];
  /** Gaps in the band of one, two and three periods. */
  counts: [number, number, number];
  /** tc: the share of the time seen that explained gaps cover. */
  explainedShare: number;
  /** h1: the share of gaps that are one period long. */
  singleShare: number;
  /** Events looked at, and the first and last of them in milliseconds. */
  events: number;
  firstMs: number;
  lastMs: number;
}

const HALF_STRENGTH = 3;
const SEARCH_PRICE = 2;
/** Nats, far more than rounding can make of evidence. */
const ROUNDING = 1e-6;

const TOO_FEW: Unscored = { score: null, reason: 'fewer than 5 separate visits' };

/** Where a search found the strongest rhythm of some events: all that is needed to describe it. */
export interface FoundRhythm {
  /** As in `Rhythm`. */
  strength: number;
  evidence: number;
  scaleS: number;
  scales: number;
  nullModel: number;
  centreS: number;
  width: number;
}

/**
 * Scores how well one band of gaps, and twice and three times that band after missed check-ins, explains a connection's
 * flow starts, against the best of four explanations without a rhythm, at every burst scale.
 *
 * @param startsMs flow starts in milliseconds, ascending; the first `MOST_EVENTS` are looked at
 * @param scratch overwritten; give the same one for many connections
 * @param price nats that the evidence pays where these events are the best of several series
 */
export function scoreRhythm(
  startsMs: Float64Array,
  scratch: RhythmScratch = createRhythmScratch(),
  price = 0,
): Rhythm | Unscored {
  const found = findRhythm(startsMs, scratch, price);
  return found === null ? TOO_FEW : describeRhythm(startsMs, found, scratch);
}

/**
 * Finds the strongest rhythm of some events, as `scoreRhythm` does.
 *
 * @param least only a strength above this is of interest: most of the work is saved where there is none
 * @returns null for too few events, or none stronger than `least`
 */
export function findRhythm(
  startsMs: Float64Array,
  scratch: RhythmScratch,
  price: number,
  least = Number.NEGATIVE_INFINITY,
): FoundRhythm | null {
  const starts = startsMs.subarray(0, MOST_EVENTS);
  if (starts.length < LEAST_VISITS || starts[starts.length - 1] === starts[0]) return null;
  const scales = findScales(starts, scratch);
  if (scales === 0) return null;
  const spanS = (starts[starts.length - 1] - starts[0]) / 1000;
  const searchPrice = SEARCH_PRICE + Math.log(scales) + price;
  const found = {
    strength: Number.NEGATIVE_INFINITY,
    evidence: 0,
    scaleS: 0,
    scales,
    nullModel: 0,
    centreS: 0,
    width: 0,
  };
  // From the coarsest scale on: it has the fewest gaps, and what it gives is what the others have to beat. Strength is
  // never above a positive evidence, so that no band need be found whose evidence falls short of the best strength.
  for (let index = scales - 1; index >= 0; index--) {
    const scaleS = scratch.scales[index];
    const gaps = visitGaps(starts, scaleS, scratch);
    const nullModel = fitNull(gaps, scaleS, scratch);
    const enough = Math.max(found.strength, least);
    const fit = findBand(gaps, scratch, enough + searchPrice + 0.5 * Math.log(gaps.length) - ROUNDING);
    if (fit === null) continue;
    const evidence = fit.logRatio - Math.log(scales) - SEARCH_PRICE - 0.5 * Math.log(gaps.length) - price;
    let strength = evidence;
    if (evidence > 0) {
      placeBand(gaps, fit.band, scratch);
      strength *= (explainedSeconds(gaps, scratch) / spanS) * ((scratch.ends[0] - scratch.firsts[0]) / gaps.length);
    }
    // Of equals the finest.
    if (strength >= found.strength) {
      found.strength = strength;
      found.evidence = evidence;
      found.scaleS = scaleS;
      found.nullModel = nullModel;
      found.centreS = scratch.centres[fit.band];
      found.width = scratch.widths[fit.band];
    }
  }
  return found.strength > least || least === Number.NEGATIVE_INFINITY ? found : null;
}

/** All there is to say about a rhythm that was found in these events. */
export function describeRhythm(startsMs: Float64Array, found: FoundRhythm, scratch: RhythmScratch): Rhythm {
  const starts = startsMs.subarray(0, MOST_EVENTS);
  const spanS = (starts[starts.length - 1] - starts[0]) / 1000;
  const gaps = visitGaps(starts, found.scaleS, scratch);
  scratch.centres[0] = found.centreS;
  scratch.widths[0] = found.width;
  placeBand(gaps, 0, scratch);
  const { bounds, firsts, ends } = scratch;
  const counts: Rhythm['counts'] = [ends[0] - firsts[0], ends[1] - firsts[1], ends[2] - firsts[2]];
  const { strength } = found;
  return {
    score: strength > 0 ? strength / (strength + HALF_STRENGTH) : 0,
    ...found,
    gaps: gaps.length,
    bandsS: [
      [bounds[0], bounds[1]],
      [bounds[2], bounds[3]],
      [bounds[4], bounds[5]],
    ],
    counts,
    explainedShare: explainedSeconds(gaps, scratch) / spanS,
    singleShare: counts[0] / gaps.length,
    ...describeGaps(gaps, found.centreS, starts.length, scratch),
    events: starts.length,
    firstMs: starts[0],
    lastMs: starts[starts.length - 1],
  };
}

/** Sum of the gaps that any of the three bands placed last holds. */
function explainedSeconds(gaps: Float64Array, { firsts, ends }: RhythmScratch): number {
  let sum = 0;
  let next = 0;
  for (let index = 0; index < 3; index++) {
    for (next = Math.max(next, firsts[index]); next < ends[index]; next++) sum += gaps[next];
  }
  return sum;
}
