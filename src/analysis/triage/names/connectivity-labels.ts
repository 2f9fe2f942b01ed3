/** First labels of names that systems look up or fetch to find out whether they are on the Internet. */
export const CONNECTIVITY_LABELS: ReadonlySet<string> = new Set([
  'connectivity',
  'conncheck',
  'connectivitycheck',
  'captive',
  'detectportal',
  'ncsi',
  'nmcheck',
  'hotspot',
  'network-test',
]);

/** Whole names for the same, whose first label alone says nothing. */
export const CONNECTIVITY_NAMES: ReadonlySet<string> = new Set(['www.msftconnecttest.com', 'www.msftncsi.com']);
