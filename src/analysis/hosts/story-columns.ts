import { type ColumnsOf, createColumns } from '../memory/schema.ts';
import { SIGHTING_KINDS, SIGHTING_SOURCES } from '../inspect/hosts/host-sightings.ts';
import type { DistinctTexts } from '../memory/distinct-texts.ts';
import type { Identity } from './identities.ts';
import { NO_GROUP } from './schema.ts';

/** What a sentence of a story tells: who the host is, what it did, a finding, or how much more there is. */
export const STORY_KINDS = ['identity', 'event', 'finding', 'more'] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

/** One sentence of a host's story, without its subject: "fetched a program from 198.51.100.4". */
export interface StoryLine {
  kind: StoryKind;
  /** When it began, in milliseconds since 1970, and when it ended; the same for what happened once. */
  atMs: number;
  untilMs: number;
  text: string;
  /** The connection it comes from (`ConnectionTable.group`); `NO_GROUP` for none. */
  group: number;
  /** Flows of that connection: a limit below them lists it. */
  flows: number;
}

const IDENTITY_SCHEMA = {
  kind: { type: 'u8' },
  source: { type: 'u8' },
  text: { type: 'u32' },
  firstMs: { type: 'f64' },
  lastMs: { type: 'f64' },
} as const;

const STORY_SCHEMA = {
  kind: { type: 'u8' },
  atMs: { type: 'f64' },
  untilMs: { type: 'f64' },
  text: { type: 'u32' },
  group: { type: 'u32', empty: NO_GROUP },
  flows: { type: 'u32' },
} as const;

/** What is known of who hosts are, the first host's first. */
export type IdentityColumns = ColumnsOf<typeof IDENTITY_SCHEMA> & { length: number };
/** Sentences of the hosts' stories, the first host's first. */
export type StoryColumns = ColumnsOf<typeof STORY_SCHEMA> & { length: number };

export function identityColumns(identities: readonly Identity[], texts: DistinctTexts): IdentityColumns {
  const columns = { length: identities.length, ...createColumns(IDENTITY_SCHEMA, identities.length) };
  identities.forEach(({ kind, source, text, firstMs, lastMs }, at) => {
    columns.kind[at] = SIGHTING_KINDS.indexOf(kind);
    columns.source[at] = SIGHTING_SOURCES.indexOf(source);
    columns.text[at] = texts.numberOf(text);
    columns.firstMs[at] = firstMs;
    columns.lastMs[at] = lastMs;
  });
  return columns;
}

export function storyColumns(lines: readonly StoryLine[], texts: DistinctTexts): StoryColumns {
  const columns = { length: lines.length, ...createColumns(STORY_SCHEMA, lines.length) };
  lines.forEach(({ kind, atMs, untilMs, text, group, flows }, at) => {
    columns.kind[at] = STORY_KINDS.indexOf(kind);
    columns.atMs[at] = atMs;
    columns.untilMs[at] = untilMs;
    columns.text[at] = texts.numberOf(text);
    columns.group[at] = group;
    columns.flows[at] = flows;
  });
  return columns;
}
