/** Systems that user agents name, and how; the first that fits counts. */
const SYSTEMS: readonly (readonly [pattern: RegExp, name: (found: string) => string])[] = [
  [/\bWindows Phone(?: OS)? ([\d.]+)/, (version) => `Windows Phone ${version}`],
  [/\bWindows NT ([\d.]+)/, (version) => `Windows ${version}`],
  [/\bAndroid ([\d.]+)/, (version) => `Android ${version}`],
  [/\b(?:iPhone )?OS ([\d_]+) like Mac OS X/, (version) => `iOS ${version.replaceAll('_', '.')}`],
  [/\bMac OS X ([\d_.]+)/, (version) => `macOS ${version.replaceAll('_', '.')}`],
  [/\bCrOS \S+ ([\d.]+)/, (version) => `ChromeOS ${version}`],
  [/\b(Ubuntu|Fedora|Debian|Linux|FreeBSD)\b/, (name) => name],
];

/** Vendor classes that systems give in DHCP, and what they stand for. */
const CLASSES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^MSFT 5\.0/i, 'Windows'],
  [/^android-dhcp/i, 'Android'],
];

/** The system that a user agent claims; '' for one that names none. */
export function agentSystem(agent: string): string {
  for (const [pattern, name] of SYSTEMS) {
    const found = pattern.exec(agent);
    if (found !== null) return name(found[1]);
  }
  return '';
}

/** The system that a vendor class of DHCP stands for, with the class: "Windows (MSFT 5.0)"; the class alone for others. */
export function classSystem(vendorClass: string): string {
  const [, name = ''] = CLASSES.find(([pattern]) => pattern.test(vendorClass)) ?? [];
  return name === '' ? vendorClass : `${name} (${vendorClass})`;
}
