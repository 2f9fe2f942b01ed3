import { at, EVENT_GAPS, GAP_AFTER, GAPS, largestStep, put, SCALES, STARTS, VISITS } from './memory';
import { sortAscending } from './statistics';

export const LEAST_VISITS: i32 = 5;
const FINEST_SCALE_S: f64 = 0.1;
const SPAN_SHARE: f64 = 6;

export function findScales(events: i32): i32 {
  const gaps = events - 1;
  for (let index = 1; index < events; index++)
    put(EVENT_GAPS, index - 1, (at(STARTS, index) - at(STARTS, index - 1)) / 1000);
  sortAscending(EVENT_GAPS, gaps);
  const spanS = (at(STARTS, events - 1) - at(STARTS, 0)) / 1000;
  let kept = 0;
  let collapsed = 0;
  for (let scale = FINEST_SCALE_S; scale == FINEST_SCALE_S || scale < spanS / SPAN_SHARE; scale *= 2) {
    while (collapsed < gaps && at(EVENT_GAPS, collapsed) <= scale) collapsed++;
    const visits = events - collapsed;
    if (visits < LEAST_VISITS) break;
    if (kept > 0 && load<i32>(VISITS + ((<usize>(kept - 1)) << 2)) == visits) continue;
    put(SCALES, kept, scale);
    store<i32>(VISITS + ((<usize>kept) << 2), visits);
    kept++;
  }
  return kept;
}

export function visitGaps(events: i32, scaleS: f64): i32 {
  let count = 0;
  let visit = 0;
  for (let index = 1; index < events; index++) {
    const start = at(STARTS, index);
    const isVisit = <i32>((start - at(STARTS, index - 1)) / 1000 > scaleS);
    put(GAP_AFTER, count + 1, (start - at(STARTS, visit)) / 1000);
    count += isVisit;
    visit += (index - visit) & -isVisit;
  }
  for (let place = 2 * largestStep(count); place > count; place--) put(GAP_AFTER, place, Infinity);
  sortAscending(GAPS, count);
  return count;
}
