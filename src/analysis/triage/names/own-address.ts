import { NameMap } from '../../lists/name-map.ts';

/** Services that tell who asks which address he comes from, and do hardly anything else. */
const SERVICES = `
  ipify.org icanhazip.com checkip.amazonaws.com checkip.dyndns.org checkip.dyndns.com ip-api.com ipinfo.io
  myexternalip.com wtfismyip.com ifconfig.me ifconfig.co ident.me tnedi.me ipecho.net myip.opendns.com
  myip.dnsomatic.com whatismyip.akamai.com whatismyip.com whatismyipaddress.com whatsmyip.org ipapi.co ipwho.is
  ipwhois.app ip.sb freegeoip.app freegeoip.net freegeoip.live geoplugin.net api.my-ip.io my-ip.io api.myip.com
  ip-score.com ipv4.icanhazip.com eth0.me checkip.org showip.net ip.42.pl ipaddress.com iplocation.net
  ip.anysrc.net ipcow.com bot.whatismyipaddress.com trackip.net jsonip.com l2.io iplogger.org
  extreme-ip-lookup.com reallyfreegeoip.org geoiptool.com ipv4bot.whatismyipaddress.com 2ip.ru curlmyip.net
  myipaddress.com db-ip.com api.db-ip.com geojs.io ipgeolocation.io ipregistry.co
`;

const services = new NameMap<true>();
for (const service of SERVICES.trim().split(/\s+/)) services.add(service, true, true);

/** Whether a name in comparable form is that of a service which tells its clients their own address. */
export function tellsOwnAddress(name: string): boolean {
  return services.find(name) === true;
}
