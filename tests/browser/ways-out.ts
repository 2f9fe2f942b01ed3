/**
 * Every way that a page's policy can close for a script that would reach another machine; each must fail. A policy closes
 * neither navigation nor WebRTC: see the README. Runs inside the browser, so it stands alone. Returns what each way asks
 * the target for, so that a page without a policy shows which of them are ways at all.
 */
export function tryToSend(target: string): string[] {
  const tried: string[] = [];
  const at = (name: string): string => {
    tried.push(name);
    return `${target}/${name}`;
  };
  const SVG = 'http://www.w3.org/2000/svg';
  const PRICE = { label: 'sent', amount: { currency: 'EUR', value: '1' } };
  const styled = (css: string): void => {
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
  };
  const framed = (given: Partial<HTMLIFrameElement>): HTMLIFrameElement => {
    const frame = Object.assign(document.createElement('iframe'), given);
    document.body.append(frame);
    return frame;
  };
  const attempts: (() => unknown)[] = [
    () => fetch(at('fetch'), { mode: 'no-cors' }),
    () => fetch(at('post'), { method: 'POST', body: 'capture', mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', at('xhr'));
      request.send();
    },
    () => new WebSocket(at('socket').replace('http', 'ws')),
    () => {
      const Stream = Reflect.get(globalThis, 'WebSocketStream') as typeof WebSocket | undefined;
      return Stream && new Stream(at('stream').replace('http', 'ws'));
    },
    () => new EventSource(at('events')),
    () => navigator.sendBeacon(at('beacon'), 'capture'),
    () => {
      new Image().src = at('image');
    },
    () => document.head.append(Object.assign(document.createElement('script'), { src: at('script.js') })),
    () => framed({ src: at('frame') }),
    // A frame is led elsewhere by whoever has it.
    () => framed({}).contentWindow?.location.assign(at('assign')),
    () => framed({}).contentWindow?.location.replace(at('replace')),
    () => window.open(at('opened'), framed({ name: 'opened' }).name),
    () => {
      const { name } = framed({ name: 'link' });
      Object.assign(document.createElement('a'), { href: at('link'), target: name }).click();
    },
    () => {
      const { name } = framed({ name: 'form' });
      const form = Object.assign(document.createElement('form'), { action: at('form'), method: 'post', target: name });
      document.body.append(form);
      form.submit();
    },
    () => import(/* @vite-ignore */ at('module.js')),
    () => new Worker(at('worker.js')),
    () => new FontFace('sent', `url(${at('font')})`).load(),
    () => Reflect.get(globalThis, 'importScripts')?.(at('imported.js')),
    () => new WebTransport(at('transport').replace('http', 'https')),
    () => new Audio(at('audio')).play(),
    () => styled(`@import "${at('import.css')}"; body { background: url("${at('background')}") }`),
    () => Object.assign(document.createElement('a'), { href: '#sent', ping: at('ping') }).click(),
    () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`body { border-image: url("${at('adopted')}") 1 }`);
      document.adoptedStyleSheets = [sheet];
    },
    () => {
      const rules = Object.assign(document.createElement('script'), { type: 'speculationrules' });
      rules.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [at('speculation')] }] });
      document.head.append(rules);
    },
    () => fetch(at('keepalive'), { method: 'POST', body: 'capture', mode: 'no-cors', keepalive: true }),
    () => Reflect.get(globalThis, 'fetchLater')?.(at('later'), { activateAfter: 0 }),
    () => new AudioContext().audioWorklet.addModule(at('audio.js')),
    () => Reflect.get(CSS, 'paintWorklet').addModule(at('paint.js')),
    () => new PaymentRequest([{ supportedMethods: at('payment') }], { total: PRICE }).canMakePayment(),
    () => {
      const providers = [{ configURL: at('identity.json'), clientId: 'sent' }];
      return navigator.credentials.get({ identity: { providers } } as CredentialRequestOptions);
    },
    // An address as such, as part of a set, and by what stands within another element.
    ...[
      ['link', { rel: 'stylesheet', href: 'style.css' }],
      ['link', { rel: 'prefetch', href: 'prefetch' }],
      ['link', { rel: 'modulepreload', href: 'modulepreload' }],
      ['link', { rel: 'manifest', href: 'manifest' }],
      ['link', { rel: 'icon', href: 'icon' }],
      ['link', { rel: 'preload', as: 'fetch', crossorigin: '', href: 'preload' }],
      ['link', { rel: 'preload', as: 'image', imagesrcset: 'preload-set' }],
      ['link', { rel: 'compression-dictionary', href: 'dictionary' }],
      ['object', { data: 'object' }],
      ['embed', { src: 'embed' }],
      ['portal', { src: 'portal' }],
      ['fencedframe', { src: 'fencedframe' }],
      ['input', { type: 'image', src: 'input' }],
      ['table', { background: 'table' }],
      ['img', { srcset: 'set' }],
      ['picture', {}, 'source', { srcset: 'picture' }, 'img', {}],
      ['video', { poster: 'poster' }],
      ['video', {}, 'source', { src: 'source' }],
      ['video', { src: 'data:video/mp4,', crossorigin: '' }, 'track', { default: '', kind: 'subtitles', src: 'track' }],
      ['iframe', { name: 'button' }],
      ['form', { target: 'button' }, 'button', { formaction: 'formaction', formmethod: 'post' }],
      ['svg', {}, 'image', { href: 'svg-image' }],
      ['svg', {}, 'use', { href: 'use#a' }],
      ['svg', {}, 'filter', { id: 'sent' }, 'feImage', { href: 'filter' }, 'rect', { filter: 'url(#sent)' }],
      ['svg', {}, 'script', { href: 'script-of-svg.js' }],
      ['svg', { fill: 'fill#a' }, 'rect', { width: '9', height: '9' }],
    ].map(([outer, attributes, ...inner]) => () => {
      const ADDRESSES = /^(?:href|src|srcset|imagesrcset|data|background|poster|formaction|fill)$/;
      const made = (tag: string, given: Record<string, string>): Element => {
        const element = outer === 'svg' ? document.createElementNS(SVG, tag) : document.createElement(tag);
        for (const [name, value] of Object.entries(given)) {
          const address = ADDRESSES.test(name) && !value.startsWith('data:') ? at(value) : value;
          element.setAttribute(name, name === 'fill' ? `url("${address}")` : address);
        }
        return element;
      };
      const element = made(outer as string, attributes as Record<string, string>);
      document.body.append(element);
      for (let place = 0; place < inner.length; place += 2)
        element.append(made(inner[place] as string, inner[place + 1] as Record<string, string>));
      element.querySelector('button')?.click();
    }),
    () => {
      const of = (name: string): string => `url("${at(name)}")`;
      styled(
        `@font-face { font-family: sent; src: ${of('font-face')} } body { font-family: sent; cursor: ${of('cursor')}, auto; ` +
          `list-style-image: ${of('list')}; mask-image: ${of('mask')}; clip-path: ${of('clip#a')} } ` +
          `body::before { content: ${of('content')} image-set(${of('image-set')} 1x) } ` +
          `body::after { content: ''; float: left; shape-outside: ${of('shape')}; background: image-set(${of('bg-set')} 1x) }`,
      );
    },
    // A sheet that an XML document names.
    () => {
      const xml = `<?xml-stylesheet type="text/xsl" href="${at('sheet')}"?><a/>`;
      framed({ src: URL.createObjectURL(new Blob([xml], { type: 'text/xml' })) });
    },
    // What is made of a blob, or of text, goes by the policy of who made it.
    ...['Worker', 'SharedWorker'].map((made) => () => {
      const script =
        `const to = "${at(made)}"; const tries = [() => fetch(to, { mode: "no-cors" }), () => new WebSocket(` +
        `to.replace("http", "ws")), () => new EventSource(to + "-events"), () => new Worker(to + "-worker"), () => ` +
        `{ const xhr = new XMLHttpRequest(); xhr.open("GET", to + "-xhr"); xhr.send(); }, () => import(to + "-module"), ` +
        `() => importScripts(to + ".js")]; for (const one of tries) try { Promise.resolve(one()).catch(() => 0) } catch {}`;
      const Made = Reflect.get(globalThis, made) as typeof Worker;
      return new Made(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    }),
    ...['srcdoc', 'blob', 'data', 'refresh'].map((made) => () => {
      const refresh = `<meta http-equiv="refresh" content="0; url=${target}/refresh">`;
      const html = made === 'refresh' ? refresh : `<img src="${target}/${made}">`;
      tried.push(made);
      const src = {
        blob: URL.createObjectURL(new Blob([html], { type: 'text/html' })),
        data: `data:text/html,${html}`,
      };
      return framed(made === 'blob' || made === 'data' ? { src: src[made] } : { srcdoc: html });
    }),
    // What a page breaks of a policy that it has given itself, told to who asks for it.
    () => {
      for (const [name, content] of [
        ['Reporting-Endpoints', `sent="${at('endpoint')}"`],
        ['Report-To', `{ "group": "sent", "max_age": 9, "endpoints": [{ "url": "${at('report-to')}" }] }`],
        ['Content-Security-Policy', `style-src-attr 'none'; report-to sent; report-uri ${at('report')}`],
      ])
        document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: name, content }));
      document.body.setAttribute('style', 'color: red');
    },
  ];
  for (const attempt of attempts) {
    try {
      // oxlint-disable-next-line no-floating-promises -- a blocked attempt rejects whenever it likes
      Promise.resolve(attempt()).catch(() => undefined);
    } catch {
      // Blocked on the spot: what is wanted.
    }
  }
  return tried;
}

/** Ways that browsers close of themselves, or go only where somebody looks on. */
export const CLOSED_ANYWAY = [
  'worker.js',
  'manifest',
  'portal',
  'fencedframe',
  'use#a',
  'sheet',
  'endpoint',
  'report-to',
  'report',
];

/** Which of the ways that were tried are in nothing of what was heard; a datagram says nothing of where it is from. */
export function unheard(tried: readonly string[], heard: readonly string[]): string[] {
  const paths = new Set(heard.map((line) => (line === 'datagram' ? '/transport' : line.split(' ')[1])));
  return tried.filter((name) => !paths.has(`/${name.split('#')[0]}`) && !CLOSED_ANYWAY.includes(name));
}

/** Leads the page away by a form, which a policy does close; runs inside the browser. */
export function submitForm(target: string): void {
  const form = Object.assign(document.createElement('form'), { action: `${target}/leaving`, method: 'post' });
  document.body.append(form);
  try {
    form.submit();
  } catch {
    // Firefox says so where its policy blocks it.
  }
}

/** What passes a page for one of elsewhere, or hands it to others: which of it a page is not refused. Runs inside the browser. */
export async function passedFor(target: string): Promise<string[]> {
  const ways: Record<string, () => unknown> = {
    'document.domain': () => (document.domain = 'other.example'),
    pushState: () => history.pushState(null, '', `${target}/pushed`),
    replaceState: () => history.replaceState(null, '', `${target}/replaced`),
    registerProtocolHandler: () => navigator.registerProtocolHandler('web+sent', `${target}/?%s`),
    share: () => navigator.share({ url: `${target}/shared` }),
    'service worker': () => navigator.serviceWorker.register(`${target}/service.js`),
  };
  const passed: string[] = [];
  for (const [name, way] of Object.entries(ways)) {
    try {
      await way();
      passed.push(name);
    } catch {
      // Refused: what is wanted.
    }
  }
  return passed;
}

/** Runs a function's text with a text in a worker that is made of a blob; resolves when it is through. Runs inside the browser. */
export function runInWorker([script, parameter]: readonly [string, string]): Promise<unknown> {
  const text = `(${script})(${JSON.stringify(parameter)}); postMessage("done")`;
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
}

/** Which ways to make markup or script of a text a page leaves open; runs inside the browser. */
export function markupMade(): string[] {
  const ways: Record<string, () => unknown> = {
    innerHTML: () => (document.createElement('div').innerHTML = '<b>text</b>'),
    insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<i></i>'),
    srcdoc: () => (document.createElement('iframe').srcdoc = '<b>text</b>'),
    'text of a script': () => (document.createElement('script').text = 'void 0'),
    'address of a script': () => (document.createElement('script').src = 'https://script.example/'),
    'worker from data': () => new Worker('data:text/javascript,void 0'),
    'another policy': () => Reflect.get(globalThis, 'trustedTypes').createPolicy('other', {}),
  };
  return Object.entries(ways).flatMap(([name, way]) => {
    try {
      way();
      return [name];
    } catch {
      return [];
    }
  });
}
