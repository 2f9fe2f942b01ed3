import { NameMap } from '../../lists/name-map.ts';

/**
 * Suffixes under which anybody has a name within minutes, without paying and without showing who they are. Large clouds and
 * content networks never belong here: most of what lives there is somebody's product.
 */
const DISPOSABLE: Readonly<Record<string, string>> = {
  'dynamic DNS': `
  duckdns.org ddns.net no-ip.org no-ip.biz no-ip.info noip.me hopto.org hopto.me zapto.org sytes.net
  servebeer.com serveftp.com servegame.com servehttp.com serveblog.net servecounterstrike.com servehalflife.com
  serveminecraft.net servemp3.com servepics.com servequake.com redirectme.net myftp.org myftp.biz myvnc.com
  bounceme.net gotdns.ch 3utilities.com access.ly onthewifi.com viewdns.net webhop.me webhop.net webhop.org
  dyndns.org dyndns.info dyndns.tv dyndns.biz dyndns-ip.com dnsalias.com dnsalias.net homeip.net homeftp.org
  homelinux.com homelinux.org homeunix.com gotdns.com selfip.com selfip.net is-a-geek.com blogdns.com ath.cx
  dynu.net dynu.com ddnsfree.com ddnsgeek.com freeddns.org giize.com gleeze.com kozow.com loseyourip.com
  mywire.org ooguy.com theworkpc.com accesscam.org casacam.net camdvr.org webredirect.org publicvm.com
  linkpc.net line.pm work.gd run.place mooo.com chickenkiller.com strangled.net crabdance.com ignorelist.com
  jumpingcrab.com twilightparadox.com us.to uk.to ydns.eu dns.army dns.navy v6.army v6.navy ddnss.de
  dyn-ip24.de spdns.de spdns.eu spdns.org freemyip.com dnsdojo.com dynv6.net changeip.com changeip.net
  dnset.com ddns.info ddns.me ddns.mobi dynamic-dns.net dns04.com dns05.com dnsrd.com dumb1.com ezua.com
  fartit.com gettrials.com itsaol.com jkub.com jungleheart.com lflink.com longmusic.com mefound.com mrbasic.com
  my03.com mypicture.info myz.info ns01.biz ns01.info ns02.biz ns1.name ns2.name otzo.com qpoe.com sexidude.com
  squirly.info toythieves.com wikaba.com x24hr.com xxuz.com youdontcare.com zyns.com zzux.com nerdpol.ovh
  dnsfor.me dyndnss.net thddns.net 2mydns.com
  `,
  'a tunnel to a machine without an address of its own': `
  ngrok.io ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev trycloudflare.com loca.lt localto.net
  localtunnel.me serveo.net pagekite.me portmap.io portmap.host playit.gg ply.gg joinmc.link pinggy.link
  pinggy.io bore.pub tunnelmole.net lhr.life lhr.rocks telebit.io packetriot.net zrok.io onion.to onion.ws
  onion.ly onion.pet tor2web.org
  `,
  'an interface for bots, or a catcher of what programs send': `
  api.telegram.org webhook.site requestbin.com requestbin.net pipedream.net interact.sh oast.pro oast.live oast.fun
  oast.me oast.site oast.online beeceptor.com hookbin.com requestcatcher.com burpcollaborator.net oastify.com
  dnslog.cn ceye.io canarytokens.com
  `,
  'a place for text and files of strangers': `
  pastebin.com paste.ee pastie.org hastebin.com ghostbin.co rentry.co rentry.org controlc.com dpaste.com dpaste.org
  pastetext.net paste.rs termbin.com ix.io sprunge.us justpaste.it textbin.net privatebin.net pasteio.com
  transfer.sh file.io 0x0.st catbox.moe gofile.io temp.sh anonfiles.com bayfiles.com oshi.at uguu.se tmpfiles.org
  filebin.net bashupload.com keep.sh send.cm dropmefiles.com pixeldrain.com
  `,
  'free hosting': `
  workers.dev pages.dev r2.dev netlify.app vercel.app onrender.com railway.app fly.dev deno.dev glitch.me repl.co
  replit.dev replit.app surge.sh herokuapp.com pythonanywhere.com web.app neocities.org weebly.com wixsite.com
  000webhostapp.com xsph.ru byethost.com atwebpages.com infinityfreeapp.com epizy.com rf.gd great-site.net
  freehostia.com freewebhostmost.com heliohost.org orgfree.com x10host.com mygamesonline.org
  medianewsonline.com getenjoyment.net scienceontheweb.net mywebcommunity.org sportsontheweb.net
  awardspace.info hostkda.com eu5.org ucoz.net hol.es 16mb.com esy.es
  `,
};

const kinds = new NameMap<string>();
for (const [kind, suffixes] of Object.entries(DISPOSABLE)) {
  for (const suffix of suffixes.trim().split(/\s+/)) kinds.add(suffix, true, kind);
}

/** What kind of disposable name one in comparable form is ("dynamic DNS"); '' for none. */
export function disposableKind(name: string): string {
  return kinds.find(name) ?? '';
}
