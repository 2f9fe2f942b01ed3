/** Texts that are made when they are first asked for, and then kept: bare words look into them as they are typed. */
export function memoized(length: number, text: (row: number) => string): (row: number) => string {
  const known: (string | undefined)[] = Array.from({ length });
  return (row) => (known[row] ??= text(row));
}

/** Addresses and names with a port behind each: "10.0.0.1:443". */
export function withPort(ends: readonly string[], port: number): string[] {
  return ends.map((end) => `${end}:${port}`);
}
