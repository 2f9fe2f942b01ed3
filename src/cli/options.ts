import { readInternal } from '../analysis/lists/internal-list.ts';
import { DEFAULT_SETTINGS, GROUPINGS, type ListSettings } from '../analysis/settings.ts';
import { wholeNumber } from '../analysis/whole-number.ts';
import { type Filter, readFilter } from '../filter/filter.ts';
import { UsageError } from './connection-ends.ts';

/** The options that choose and order connections, wherever there is a list of them. */
export const LIST_OPTIONS = {
  'min-flows': { type: 'string' },
  'group-by': { type: 'string' },
  score: { type: 'string' },
  filter: { type: 'string' },
  allow: { type: 'string', multiple: true },
  watch: { type: 'string', multiple: true },
  internal: { type: 'string' },
  // The option's name until version 0.2.
  inside: { type: 'string' },
} as const;

/** What `parse` makes of arguments, with what is wrong with them as a `UsageError`. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(cause.message.replaceAll(/\s*\n\s*/g, ' '), { cause });
  }
}

type ListValues = Partial<Record<'min-flows' | 'group-by' | 'internal' | 'inside', string>>;

/**
 * The settings of the list that a call names; those that it does not are left out, and so are its lists of what to set
 * aside and to look for, which are in files. Throws a `UsageError`.
 */
export function givenSettings(values: ListValues): Partial<ListSettings> {
  const given: Partial<ListSettings> = {};
  if (values['min-flows'] !== undefined) {
    // A limit given by hand is meant: it holds for the notebook's score too, which has a higher one of its own.
    given.minFlows = givenNumber(values['min-flows'], '--min-flows');
    given.notebookMinFlows = given.minFlows;
  }
  if (values['group-by'] !== undefined) given.grouping = oneOf(GROUPINGS, values['group-by'], '--group-by');
  const internal = values.internal ?? values.inside;
  if (internal !== undefined) given.internal = networks(internal);
  return given;
}

/** All settings of the list: those that a call names, and the standard ones. Throws a `UsageError`. */
export function listSettings(values: ListValues): ListSettings {
  const { minFlows, notebookMinFlows, grouping, internal } = DEFAULT_SETTINGS;
  return { minFlows, notebookMinFlows, grouping, internal, allow: '', watch: '', ...givenSettings(values) };
}

/** A whole number from 0 that an option was given. Throws a `UsageError`. */
export function givenNumber(text: string, option: string): number {
  const value = wholeNumber(text);
  if (value !== null) return value;
  throw new UsageError(`${option} takes a whole number from 0, not "${text}"`);
}

/** Networks between commas or blanks, as a list with one a line. Throws a `UsageError`. */
function networks(text: string): string {
  const list = text.split(/[\s,]+/).join('\n');
  const { problems } = readInternal(list);
  if (problems.length > 0) throw new UsageError(`--internal takes networks: ${problems[0].reason}`);
  return list;
}

/** The filter that `--filter` was given. Throws a `UsageError`. */
export function filterOf(text = ''): Filter {
  const read = readFilter(text);
  if ('filter' in read) return read.filter;
  const { start, message, hint } = read.error;
  throw new UsageError(`--filter, character ${start + 1}: ${message}: ${hint} (in: ${text})`);
}

/** One of some choices. Throws a `UsageError`. */
export function oneOf<T extends string>(choices: readonly T[], text: string, option: string): T {
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} takes one of ${choices.join(' | ')}, not "${text}"`);
}

/** A moment that an option was given, in milliseconds since 1970; without a zone it is UTC. Throws a `UsageError`. */
export function moment(text: string, option: string): number {
  const isDated = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const hasZone = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) || text.length === 10;
  const ms = isDated ? Date.parse(`${text.replace(' ', 'T')}${hasZone ? '' : 'Z'}`) : Number.NaN;
  if (Number.isNaN(ms)) throw new UsageError(`${option} takes a time such as 2026-01-31T10:00 (UTC), not "${text}"`);
  return ms;
}
