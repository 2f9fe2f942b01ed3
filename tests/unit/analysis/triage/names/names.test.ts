import { describe, expect, it } from 'vitest';
import { comparableName, isAddressLiteral } from '../../../../../src/analysis/lists/name-text.ts';
import { randomLabelOf } from '../../../../../src/analysis/dns/random-label.ts';
import { cheapEnding } from '../../../../../src/analysis/triage/names/cheap-endings.ts';
import { disposableKind } from '../../../../../src/analysis/triage/names/disposable.ts';
import { tellsOwnAddress } from '../../../../../src/analysis/triage/names/own-address.ts';
import { reachOf } from '../../../../../src/analysis/triage/names/reach.ts';
import { nameTraits, TraitCache } from '../../../../../src/analysis/triage/names/traits.ts';
import { isVendorName } from '../../../../../src/analysis/triage/names/vendor-names.ts';
import { VENDORS } from '../../../../../src/analysis/triage/names/vendors.ts';

describe('names', () => {
  it('compare without case and trailing dot', () => {
    expect(comparableName('Www.Example.NET.')).toBe('www.example.net');
  });

  it.each(['198.51.100.9', '198.51.100.9:7080', '2001:db8::1', '[2001:db8::1]:80', '[2001'])(
    '%s stands for an address',
    (name) => {
      expect(isAddressLiteral(name)).toBe(true);
    },
  );

  it.each(['', 'example.com', 'example.com:80', '198.51.100.9.example', '198.51.100', ':80', '1.2.3.4:'])(
    '%j does not',
    (name) => {
      expect(isAddressLiteral(name)).toBe(false);
    },
  );
});

describe('randomLabelOf', () => {
  it.each([
    ['89d9b687ac98.example', '89d9b687ac98'],
    ['www.a1b2c3d4.co.uk', 'a1b2c3d4'],
    ['qwrtzpk.com', 'qwrtzpk'],
    ['brtsaklmnopq.net', 'brtsaklmnopq'],
    ['brtsklpmna.net', 'brtsklpmna'],
    ['xkcdbtrs.org', 'xkcdbtrs'],
  ])('finds in %s %j', (name, label) => {
    expect(randomLabelOf(name)).toBe(label);
  });

  it.each([
    '',
    'example.com',
    'a1b2.com',
    'a1b2c3d4.example.com',
    'rhythm.org',
    'co.uk',
    'xn--80ak6aa92e.com',
    '198.51.100.9',
    'office365.com',
    'ec2-198-51-100-9.compute.amazonaws.com',
    'bad_name..com',
    'x'.repeat(3000),
  ])('finds nothing in %j', (name) => {
    expect(randomLabelOf(name)).toBe('');
  });
});

describe('vendor names', () => {
  it.each([
    'microsoft.com',
    'v10.events.data.microsoft.com',
    'mtalk.google.com',
    'ocsp.digicert.com',
    'security.ubuntu.com',
  ])('%s is one', (name) => {
    expect(isVendorName(name)).toBe(true);
  });

  it.each([
    '',
    'com',
    'notmicrosoft.com',
    'microsoft.com.example.net',
    'script.google.com',
    'a.script.google.com',
    'graph.microsoft.com',
    'evil.blob.core.windows.net',
    'd111111abcdef8.cloudfront.net',
    'x.azurewebsites.net',
    'storage.googleapis.com',
    'x.appspot.com',
  ])('%j is none', (name) => {
    expect(isVendorName(name)).toBe(false);
  });

  it('are listed once, in comparable form, with exceptions that lie under a suffix', () => {
    const suffixes = VENDORS.flatMap((group) => group.suffixes);
    expect(new Set(suffixes).size).toBe(suffixes.length);
    for (const { vendor, suffixes: own, except = [] } of VENDORS) {
      for (const name of [...own, ...except]) expect(name, vendor).toMatch(/^[a-z\d-]+(\.[a-z\d-]+)+$/);
      for (const name of except)
        expect(
          own.some((suffix) => name.endsWith(`.${suffix}`)),
          name,
        ).toBe(true);
      for (const suffix of own)
        expect(
          suffixes.filter((other) => suffix.endsWith(`.${other}`)),
          suffix,
        ).toEqual([]);
    }
  });
});

describe('nameTraits', () => {
  it('knows connectivity checks by first label or whole name', () => {
    expect(nameTraits('detectportal.example.org').connectivityCheck).toBe(true);
    expect(nameTraits('www.msftncsi.com')).toMatchObject({ vendor: true, connectivityCheck: true, randomLabel: '' });
    expect(nameTraits('captive').connectivityCheck).toBe(false);
    expect(nameTraits('captives.example.org').connectivityCheck).toBe(false);
  });
});

describe('TraitCache', () => {
  it('says of names by their number, each looked at once, what nameTraits says of them', () => {
    const names = ['', 'WWW.Microsoft.com', 'xqzvbkwrtbcd.top', 'example.org.'];
    const [asked, others] = [new TraitCache(), new TraitCache()];
    const traitsOf = asked.byNumber(names);
    names.forEach((name, number) => {
      const traits = traitsOf(number);
      expect(traits).toEqual(nameTraits(comparableName(name)));
      expect(asked.byNumber(names)(number)).toBe(traits);
      expect(asked.at(names, number)).toBe(traits);
      expect(others.at(names, number)).toEqual(traits);
    });
  });

  it('holds one and the same for all names that say nothing', () => {
    const traitsOf = new TraitCache().byNumber(['a.example.org', 'b.example.org', 'xqzvbkwrtbcd.top']);
    const [first, second, odd] = [0, 1, 2].map(traitsOf);
    expect(second).toBe(first);
    expect(odd).not.toBe(first);
  });
});

describe('names that tell where they can lead', () => {
  it.each([
    ['a.example.com', ''],
    ['hellobro.bit', 'no name under the root'],
    ['ap', 'no host name'],
    ['101.69', 'no host name'],
    ['printer.lan', ''],
    ['203.0.113.9:7080', ''],
    ['', ''],
  ])('%s: %s', (name, expected) => {
    expect(reachOf(name)).toBe(expected);
  });

  it('knows names that anybody has at once, and services that tell addresses', () => {
    expect(disposableKind('billi.webhop.me')).toBe('dynamic DNS');
    expect(disposableKind('a.b.trycloudflare.com')).toMatch(/tunnel/);
    expect(disposableKind('duckdns.org.example.com')).toBe('');
    expect(disposableKind('api.telegram.org')).toMatch(/bots/);
    expect(disposableKind('telegram.org')).toBe('');
    expect(cheapEnding('a.example.top')).toBe('top');
    expect(['top', '', 'top.example.com', '203.0.113.9'].map(cheapEnding)).toEqual(['', '', '', '']);
    expect(tellsOwnAddress('api.ipify.org')).toBe(true);
    expect(tellsOwnAddress('ipify.org.example.com')).toBe(false);
  });
});
