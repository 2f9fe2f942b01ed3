/** Suffixes of one vendor. */
export interface Vendor {
  vendor: string;
  /** Everything at and under these names is run by the vendor for its own software. */
  suffixes: readonly string[];
  /** Names under them that carry what customers or strangers put there. */
  except?: readonly string[];
}

/**
 * Names that well-known software calls on its own. A suffix belongs here when only its vendor can answer under it. Hosting
 * that is rented to others never does (windows.net, azureedge.net, amazonaws.com, cloudfront.net, googleusercontent.com,
 * appspot.com, akamaiedge.net, ...): an implant can live there.
 */
export const VENDORS: readonly Vendor[] = [
  // Windows and Office: updates, telemetry, licences, sign-in. Graph, OneDrive carry users' own data.
  {
    vendor: 'Microsoft',
    suffixes: [
      'microsoft.com', 'windows.com', 'windowsupdate.com', 'msftncsi.com', 'msftconnecttest.com', 'microsoftonline.com',
      'microsoftonline-p.com', 'msauth.net', 'msftauth.net', 'office.com', 'office365.com', 'office.net', 's-microsoft.com',
      'msocdn.com', 'skype.com', 'bing.com', 'msn.com', 'live.com', 'xboxlive.com', 'msedge.net',
    ],
    except: [
      'graph.microsoft.com', 'devtunnels.microsoft.com', 'onedrive.live.com', 'storage.live.com', 'forms.office.com',
    ],
  },
  // Chrome, Android and their updates. Documents, scripts, sites and translated pages are other people's.
  {
    vendor: 'Google',
    suffixes: [
      'google.com', 'gstatic.com', 'gvt1.com', 'gvt2.com', 'google-analytics.com', 'android.com', 'pki.goog',
      'update.googleapis.com', 'safebrowsing.googleapis.com', 'fcm.googleapis.com', 'play.googleapis.com',
      'android.googleapis.com', 'fonts.googleapis.com', 'optimizationguide-pa.googleapis.com', 'content-autofill.googleapis.com',
    ],
    except: [
      'docs.google.com', 'drive.google.com', 'script.google.com', 'sheets.google.com', 'sites.google.com', 'forms.google.com',
      'groups.google.com', 'translate.google.com', 'storage.cloud.google.com', 'chat.google.com', 'mail.google.com', 'calendar.google.com',
    ],
  },
  // macOS and iOS. Content of iCloud users lives under icloud-content.com, which is not here.
  { vendor: 'Apple', suffixes: ['apple.com', 'apple-dns.net', 'aaplimg.com', 'cdn-apple.com', 'mzstatic.com', 'icloud.com'] },
  // Firefox and Thunderbird.
  { vendor: 'Mozilla', suffixes: ['mozilla.org', 'mozilla.com', 'mozilla.net', 'firefox.com', 'thunderbird.net'] },
  // Package mirrors and telemetry of Linux distributions, where only the project publishes; archives of users are left out.
  {
    vendor: 'Linux distributions',
    suffixes: [
      'ubuntu.com', 'canonical.com', 'snapcraft.io', 'debian.org', 'redhat.com', 'fedoraproject.org', 'centos.org',
      'archlinux.org', 'alpinelinux.org', 'suse.com', 'raspberrypi.com', 'raspberrypi.org',
    ],
    except: ['paste.ubuntu.com', 'people.debian.org', 'people.redhat.com'],
  },
  // Status and revocation lists of certificate authorities, asked by every TLS client.
  {
    vendor: 'certificate authorities',
    suffixes: [
      'digicert.com', 'verisign.com', 'symcb.com', 'symcd.com', 'thawte.com', 'geotrust.com', 'globalsign.com', 'globalsign.net',
      'entrust.net', 'sectigo.com', 'usertrust.com', 'comodoca.com', 'letsencrypt.org', 'lencr.org', 'identrust.com',
      'amazontrust.com', 'ocsp.godaddy.com', 'crl.godaddy.com', 'starfieldtech.com', 'certum.pl', 'quovadisglobal.com', 'ssl.com',
    ],
  },
  // Signatures and reputation of virus scanners.
  {
    vendor: 'security software',
    suffixes: [
      'kaspersky.com', 'kaspersky-labs.com', 'mcafee.com', 'avast.com', 'avcdn.net', 'avg.com', 'avira.com', 'bitdefender.com',
      'bitdefender.net', 'eset.com', 'sophos.com', 'sophosxl.net', 'sophosupd.com', 'trendmicro.com', 'norton.com', 'symantec.com',
      'symantecliveupdate.com', 'f-secure.com', 'malwarebytes.com', 'mbamupdates.com', 'cloudsink.net', 'clamav.net', 'drweb.com',
    ],
  },
  // Runtimes and desktop programs that look for updates.
  {
    vendor: 'desktop software',
    suffixes: [
      'adobe.com', 'adobess.com', 'java.com', 'oracle.com', 'vmware.com', 'citrix.com', 'autodesk.com', 'videolan.org',
      'libreoffice.org', 'opera.com', 'brave.com', 'vivaldi.com', 'jetbrains.com', 'spotify.com', 'steampowered.com', 'zoom.us',
    ],
    except: ['documentcloud.adobe.com', 'acrobat.adobe.com', 'workspace.citrix.com', 'cloud.oracle.com'],
  },
  // Drivers, firmware and support tools of computers, printers and their parts.
  {
    vendor: 'hardware',
    suffixes: [
      'dell.com', 'hp.com', 'hpsmart.com', 'lenovo.com', 'intel.com', 'nvidia.com', 'amd.com', 'logi.com', 'logitech.com', 'epson.com',
      'epson.net', 'brother.com', 'canon.com', 'synology.com', 'qnap.com', 'ui.com', 'ubnt.com', 'cisco.com', 'meraki.com',
    ],
  },
  // Speakers, televisions and players; a vendor's shop or shared storage is left out.
  {
    vendor: 'home devices',
    suffixes: [
      'sonos.com', 'roku.com', 'nest.com', 'meethue.com', 'ring.com', 'tuyaeu.com', 'tuyaus.com', 'lgtvsdp.com', 'lgtvcommon.com',
      'samsungcloudsolution.com', 'samsungcloudsolution.net', 'samsungelectronics.com', 'device-metrics-us.amazon.com', 'amazonalexa.com',
    ],
  },
];
