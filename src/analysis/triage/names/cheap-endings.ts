/**
 * Top-level domains under which a name has been free or has cost a dollar for years, and which reports of abuse have on top for
 * it (Spamhaus's most abused domains, Interisle's landscapes of malware and phishing, 2015 to 2024). Countries' own domains
 * are here only where they were given away.
 */
const CHEAP = new Set(
  `
  top xyz icu cyou cfd sbs bond monster quest buzz rest click link club online site website space fun store shop tech
  press host pw ws gdn tk ml ga cf gq su cc bid loan date download racing win stream review trade party science
  accountant faith men kim work life live today world best beauty hair makeup skin lol mom autos boats motorcycles
  homes yachts pics wang vip biz info surf uno fit casa cam zone
  `
    .trim()
    .split(/\s+/),
);

/** The last label of a name in comparable form where names under it are cheap; '' for others, and for an address. */
export function cheapEnding(name: string): string {
  const dot = name.lastIndexOf('.');
  const last = name.slice(dot + 1);
  return dot > 0 && CHEAP.has(last) ? last : '';
}
