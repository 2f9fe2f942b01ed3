/** 2026-03-02 08:00:00 UTC, a Monday, in seconds since 1970. */
export const SAMPLE_START = 1_772_438_400;
/** Four hours. */
export const SAMPLE_SECONDS = 14_400;

export const GATEWAY = '10.0.0.1';
/** Domain controller: resolver, Kerberos, directory. */
export const DOMAIN_CONTROLLER = '10.0.0.2';
export const FILE_SERVER = '10.0.0.10';
export const PRINTER = '10.0.0.20';

export interface Workstation {
  address: string;
  name: string;
  /** Seconds after the start at which its user arrives. */
  arrives: number;
}

export const WORKSTATIONS: readonly Workstation[] = [
  { address: '10.0.0.101', name: 'FRONTDESK', arrives: 60 },
  { address: '10.0.0.102', name: 'ACCOUNTS', arrives: 420 },
  { address: '10.0.0.103', name: 'DESIGN', arrives: 1500 },
  { address: '10.0.0.104', name: 'SALES', arrives: 240 },
  { address: '10.0.0.105', name: 'WORKSHOP', arrives: 900 },
];

/** The resolver that the domain controller asks. */
export const UPSTREAM_RESOLVER = '192.0.2.53';
export const MAIL_NAME = 'mail.hoster.example';
export const NTP_NAMES = ['0.ntp.example', '1.ntp.example', '2.ntp.example'] as const;
export const PACKAGES_NAME = 'packages.distro.example';
export const ANTIVIRUS_NAME = 'definitions.antivirus.example';

/** Sites people go to, most popular first. */
export const SITES = [
  'www.search.example',
  'webmail.hoster.example',
  'news.daily.example',
  'maps.search.example',
  'www.bank.example',
  'docs.suite.example',
  'weather.example',
  'www.railway.example',
  'forum.printing.example',
  'shop.paper.example',
  'www.example.com',
  'wiki.example.org',
  'www.cityhall.example',
  'video.stream.example',
  'blog.design.example',
  'www.parcel.example',
  'jobs.example.net',
  'recipes.kitchen.example',
  'www.museum.example',
  'travel.example.org',
  'www.tax.example',
  'catalog.tools.example',
  'radio.example.net',
  'tickets.theatre.example',
  'football.example.com',
] as const;

/** What pages of those sites load from elsewhere. */
export const THIRD_PARTIES = [
  'static.cdn.test',
  'fonts.cdn.test',
  'ads.adnet.test',
  'pixel.adnet.test',
  'img.cdn.test',
  'metrics.count.test',
] as const;

const FIXED_ADDRESSES: Readonly<Record<string, string>> = {
  [MAIL_NAME]: '198.51.100.25',
  [NTP_NAMES[0]]: '192.0.2.123',
  [NTP_NAMES[1]]: '198.51.100.123',
  [NTP_NAMES[2]]: '203.0.113.123',
  [PACKAGES_NAME]: '192.0.2.80',
  [ANTIVIRUS_NAME]: '198.51.100.80',
  'updates.cdn.example.net': '203.0.113.77',
  'sync.telemetry.example.org': '198.51.100.214',
};

/** The one address of an outside name, all of them documentation addresses (RFC 5737). */
export function addressOf(name: string): string {
  const fixed = FIXED_ADDRESSES[name];
  if (fixed !== undefined) return fixed;
  const site = (SITES as readonly string[]).indexOf(name);
  if (site >= 0) return `${site % 2 === 0 ? '192.0.2' : '198.51.100'}.${130 + site}`;
  const thirdParty = (THIRD_PARTIES as readonly string[]).indexOf(name);
  if (thirdParty >= 0) return `203.0.113.${160 + thirdParty}`;
  throw new RangeError(`no address for ${name}`);
}

/** Seconds of round trip to an address: under a millisecond in the office, 8 to 40 ms outside. */
export function roundTripTo(address: string): number {
  if (address.startsWith('10.')) return 0.0004;
  return 0.008 + (Number(address.slice(address.lastIndexOf('.') + 1)) % 33) / 1000;
}
