import { NameMap } from '../../lists/name-map.ts';
import { VENDORS } from './vendors.ts';

const rules = new NameMap<boolean>();
for (const { suffixes, except } of VENDORS) {
  for (const suffix of suffixes) rules.add(suffix, true, true);
  for (const name of except ?? []) rules.add(name, true, false);
}

/** Whether a name in comparable form lies under a suffix of the vendor list and under none of its exceptions. */
export function isVendorName(name: string): boolean {
  return rules.find(name) === true;
}
