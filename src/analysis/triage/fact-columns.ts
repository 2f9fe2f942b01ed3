import type { ScoredTable } from '../connections/scored-table.ts';
import type { Groups } from '../flows/group.ts';
import { couldShow } from '../flows/observed.ts';
import { ZONES } from '../net/zones.ts';
import { createFactColumns, type FactColumns } from './columns.ts';
import { isNameless } from './facts.ts';
import type { GroupFacts } from './group-facts.ts';
import { countSiblings } from './siblings.ts';
import type { TwinColumns } from './twins.ts';

const EXTERNAL = ZONES.indexOf('external');

/** The facts of listed connections. */
export function tableFacts(groups: Groups, table: ScoredTable, facts: GroupFacts): FactColumns {
  const columns = createFactColumns(table.length);
  for (let row = 0; row < table.length; row++) {
    const group = table.group[row];
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    facts.write(members, table.firstSeenMs[row], columns, row);
  }
  columns.siblings.set(countSiblings(twinColumns(table, columns)));
  return columns;
}

/** What tells twins among listed connections. */
export function twinColumns({ source, destination, joined }: ScoredTable, facts: FactColumns): TwinColumns {
  const nameless = new Uint8Array(source.length);
  for (let row = 0; row < nameless.length; row++) {
    const shares = { namedShare: facts.namedShare[row], literalShare: facts.literalShare[row] };
    if (facts.destinationZone[row] !== EXTERNAL || !isNameless(shares)) continue;
    // An address in the place of a name was seen.
    if (couldShow(facts.observed[row], 'names') || shares.literalShare >= 0.5) nameless[row] = 1;
  }
  return { source, destination, nameless, score: joined.score, intervalS: joined.intervalS, byName: facts.byName };
}
