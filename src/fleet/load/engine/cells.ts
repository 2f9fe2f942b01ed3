/** Expressions in ClickHouse's SQL that write a column as logs and tables of flows have it: a text, '' for no value. */

const TRANSPORT_NAMES = "['icmp', 'tcp', 'udp', 'ipv6-icmp', 'icmp6', 'sctp']";
const TRANSPORT_NUMBERS = "['1', '6', '17', '58', '58', '132']";

export function textCell(column: string): string {
  return `ifNull(CAST(${column}, 'Nullable(String)'), '')`;
}

/** An address: ClickHouse writes an IPv4 address in a column of IPv6 ones as "::ffff:192.0.2.1". */
export function addressCell(column: string): string {
  return `replaceRegexpOne(${textCell(column)}, '^::ffff:', '')`;
}

/** A protocol's number, of its number or its name. */
export function protocolCell(column: string): string {
  return `transform(lower(${textCell(column)}), ${TRANSPORT_NAMES}, ${TRANSPORT_NUMBERS}, ${textCell(column)})`;
}

/**
 * Microseconds since 1970 of a column of times: of ClickHouse's own types, of numbers since 1970 in seconds, milli-, micro-
 * or nanoseconds as their size tells, or of text as programs write dates.
 */
export function microsecondsOf(column: string, type: string): string {
  const plain = type.replaceAll(/(?:Nullable|LowCardinality)\(|\)+$/g, '');
  if (plain.startsWith('Date')) return `toUnixTimestamp64Micro(CAST(${column}, 'DateTime64(6)'))`;
  if (/^(?:U?Int|Float|Decimal)/.test(plain)) {
    const number = `toFloat64(${column})`;
    return `toInt64(${number} * multiIf(${number} < 1e11, 1e6, ${number} < 1e14, 1e3, ${number} < 1e17, 1, 1e-3))`;
  }
  return `toUnixTimestamp64Micro(parseDateTime64BestEffortOrNull(${textCell(column)}, 6, 'UTC'))`;
}

/** Milliseconds since 1970 as text. */
export function millisecondsCell(microseconds: string): string {
  return textCell(`intDiv(${microseconds}, 1000)`);
}

/** Seconds since 1970 with six digits behind the point, as Zeek writes them. */
export function secondsCell(microseconds: string): string {
  const whole = textCell(`intDiv(${microseconds}, 1000000)`);
  return `concat(${whole}, '.', leftPad(${textCell(`${microseconds} % 1000000`)}, 6, '0'))`;
}
