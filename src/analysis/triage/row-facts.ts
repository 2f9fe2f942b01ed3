import { APPLICATIONS } from '../protocols/application-ids.ts';
import type { ScoredTable } from '../connections/scored-table.ts';
import type { BaselineSummary } from './baseline.ts';
import { NOBODY } from './certificate-traits.ts';
import { type FactColumns, LINE_WORDS, type TriageColumns } from './columns.ts';
import type { Facts } from './facts.ts';
import { nameRhythmOfRow } from './name-rhythms.ts';
import { measuresOfRow } from './measures.ts';
import { type Line, linesOf } from './lines.ts';
import { type TextPool, textsOf } from '../memory/text-pool.ts';
import { comparableName } from '../lists/name-text.ts';
import { TraitCache } from './names/traits.ts';
import { ZONES } from '../net/zones.ts';
import { trafficCategoryOf } from './traffic-category.ts';

/** The columns of a table that facts are read from. */
export type RowTable = Pick<ScoredTable, 'flows' | 'destinationPort' | 'protocol' | 'name'> & {
  joined: Pick<ScoredTable['joined'], 'score' | 'strength' | 'intervalS' | 'jitter'>;
};

/** What rows are read from. */
export interface RowSource {
  table: RowTable;
  triage: FactColumns & Pick<TriageColumns, 'lines' | 'watched' | 'novelty' | 'hostsBefore'>;
  /** Texts of `Report.names` and of `TriageSummary.watched`, and `TriageSummary.hosts`. */
  names: readonly string[];
  watched: readonly string[];
  /** `DnsPairs.texts`. */
  domains: TextPool;
  hosts: number;
  /** Whether nothing leaves the network: `TriageSummary.staysInternal`. */
  staysInternal: boolean;
  /** What the connections are compared with: `TriageSummary.baseline`. */
  baseline: BaselineSummary | null;
}

/** The facts of listed connections, put together from columns again: what the table's phrases are made of. */
export class RowFacts {
  private readonly source: RowSource;
  private readonly traits: TraitCache;
  /** Made when the first is asked for: most captures have no tunnel, and some a million domains. */
  private domainTexts: readonly string[] | null = null;

  constructor(source: RowSource, traits = new TraitCache()) {
    this.source = source;
    this.traits = traits;
  }

  of(row: number): Facts {
    const { table, triage, names, watched, hosts, staysInternal, baseline } = this.source;
    const application = APPLICATIONS[triage.application[row]];
    const applicationSeen = triage.applicationSeen[row] === 1;
    // A port says what a service is until data says otherwise.
    const told = applicationSeen || triage.dataShare[row] === 0 ? application : '';
    const port = table.destinationPort[row];
    const name = comparableName(names[table.name[row]]);
    return {
      flows: table.flows[row],
      port,
      protocol: table.protocol[row],
      application,
      applicationSeen,
      observed: triage.observed[row],
      category: trafficCategoryOf(told, table.protocol[row], port),
      sourceZone: ZONES[triage.sourceZone[row]],
      destinationZone: ZONES[triage.destinationZone[row]],
      name,
      isNamed: name !== '',
      traits: this.traits.at(names, table.name[row]),
      namedShare: triage.namedShare[row],
      literalShare: triage.literalShare[row],
      failedShare: triage.failedShare[row],
      dataShare: triage.dataShare[row],
      measures: measuresOfRow(triage.measures, row),
      spreadSent: triage.spreadSent[row],
      spreadReceived: triage.spreadReceived[row],
      hosts: triage.hosts[row],
      allHosts: hosts,
      late: triage.late[row],
      ownFingerprint: triage.ownFingerprint[row] === 1,
      score: table.joined.score[row],
      strength: table.joined.strength[row],
      intervalS: table.joined.intervalS[row],
      jitter: table.joined.jitter[row],
      byName: nameRhythmOfRow(triage, row),
      siblings: triage.siblings[row],
      servers: triage.servers[row],
      samePort: triage.samePort[row],
      signs: triage.signs[row],
      nobody: NOBODY[triage.nobody[row]],
      circumstances: triage.circumstances[row],
      agentAge: triage.agentAge[row],
      tunnelled: triage.tunnelled[row],
      generated: triage.generated[row],
      tunnelDomain: triage.tunnelled[row] > 0 ? this.domains[triage.tunnelDomain[row]] : '',
      staysInternal,
      novelty: triage.novelty[row],
      hostsBefore: triage.hostsBefore[row],
      baseline,
      watched: watched[triage.watched[row]],
    };
  }

  private get domains(): readonly string[] {
    return (this.domainTexts ??= textsOf(this.source.domains));
  }

  /** The lines of a row's sum, in the table's order. */
  lines(row: number): Line[] {
    const { lines } = this.source.triage;
    return linesOf(lines.subarray(row * LINE_WORDS, (row + 1) * LINE_WORDS), this.of(row));
  }
}
