/**
 * Every way that a page's policy can close for a script that would reach another machine; each must fail. A policy closes
 * neither navigation nor WebRTC: see the README. Runs inside the browser, so it stands alone.
 */
export function tryToSend(target: string): void {
  const SVG = 'http://www.w3.org/2000/svg';
  const PRICE = { label: 'sent', amount: { currency: 'EUR', value: '1' } };
  const attempts: (() => unknown)[] = [
    () => fetch(`${target}/fetch`, { mode: 'no-cors' }),
    () => fetch(`${target}/post`, { method: 'POST', body: 'capture', mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${target}/xhr`);
      request.send();
    },
    () => new WebSocket(target.replace('http', 'ws')),
    () => new EventSource(`${target}/events`),
    () => navigator.sendBeacon(`${target}/beacon`, 'capture'),
    () => {
      new Image().src = `${target}/image`;
    },
    () => document.head.append(Object.assign(document.createElement('script'), { src: `${target}/script.js` })),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${target}/style.css` }),
      ),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${target}/prefetch` }),
      ),
    () => document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame` })),
    () => {
      const form = Object.assign(document.createElement('form'), { action: `${target}/form`, method: 'post' });
      document.body.append(form);
      form.submit();
    },
    () => import(/* @vite-ignore */ `${target}/module.js`),
    () => new Worker(`${target}/worker.js`),
    () => new FontFace('sent', `url(${target}/font)`).load(),
    () => Reflect.get(globalThis, 'importScripts')?.(`${target}/imported.js`),
    () => new WebTransport(target.replace('http', 'https')),
    () => new Audio(`${target}/audio`).play(),
    () => {
      const style = document.createElement('style');
      style.textContent = `@import "${target}/import.css"; body { background: url("${target}/background") }`;
      document.head.append(style);
    },
    () => document.body.append(Object.assign(document.createElement('object'), { data: `${target}/object` })),
    () => document.body.append(Object.assign(document.createElement('embed'), { src: `${target}/embed` })),
    () => document.body.insertAdjacentHTML('beforeend', `<svg><image href="${target}/svg"></image></svg>`),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'modulepreload', href: `${target}/m` }),
      ),
    () => document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: `${target}/w` })),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'preconnect', href: `${target}/connect` }),
      ),
    () => Object.assign(document.createElement('a'), { href: '#sent', ping: `${target}/ping` }).click(),
    () => document.body.append(Object.assign(document.createElement('video'), { poster: `${target}/poster` })),
    () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`body { border-image: url("${target}/adopted") 1 }`);
      document.adoptedStyleSheets = [sheet];
    },
    () => {
      const rules = Object.assign(document.createElement('script'), { type: 'speculationrules' });
      rules.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [`${target}/speculation`] }] });
      document.head.append(rules);
    },
    () => fetch(`${target}/keepalive`, { method: 'POST', body: 'capture', mode: 'no-cors', keepalive: true }),
    () => Reflect.get(globalThis, 'fetchLater')?.(`${target}/later`, { activateAfter: 0 }),
    () => new AudioContext().audioWorklet.addModule(`${target}/audio.js`),
    () => Reflect.get(CSS, 'paintWorklet').addModule(`${target}/paint.js`),
    () => new PaymentRequest([{ supportedMethods: `${target}/payment` }], { total: PRICE }).canMakePayment(),
    // An address as such, as part of a set, and by what stands within another element.
    ...[
      ['link', { rel: 'icon', href: `${target}/icon` }],
      ['link', { rel: 'preload', as: 'fetch', href: `${target}/preload` }],
      ['link', { rel: 'preload', as: 'image', imagesrcset: `${target}/preload-set 1x` }],
      ['link', { rel: 'compression-dictionary', href: `${target}/dictionary` }],
      ['input', { type: 'image', src: `${target}/input` }],
      ['table', { background: `${target}/table` }],
      ['img', { srcset: `${target}/set 1x` }],
      ['picture', {}, 'source', { srcset: `${target}/picture 1x` }, 'img', {}],
      ['video', {}, 'source', { src: `${target}/source` }],
      ['form', {}, 'button', { formaction: `${target}/formaction`, formtarget: '_blank', formmethod: 'post' }],
      ['svg', {}, 'feImage', { href: `${target}/filter` }],
      ['svg', {}, 'script', { href: `${target}/script-of-svg.js` }],
      ['svg', { fill: `url("${target}/fill#a")` }, 'rect', { width: '9', height: '9' }],
    ].map(([outer, attributes, ...inner]) => () => {
      const made = (tag: string, given: Record<string, string>): Element => {
        const element = outer === 'svg' ? document.createElementNS(SVG, tag) : document.createElement(tag);
        for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
        return element;
      };
      const element = made(outer as string, attributes as Record<string, string>);
      document.body.append(element);
      for (let at = 0; at < inner.length; at += 2)
        element.append(made(inner[at] as string, inner[at + 1] as Record<string, string>));
      element.querySelector('button')?.click();
    }),
    () => {
      const style = document.createElement('style');
      const of = (name: string): string => `url("${target}/${name}")`;
      style.textContent =
        `@font-face { font-family: sent; src: ${of('font-face')} } body { font-family: sent; cursor: ${of('cursor')}, auto; ` +
        `list-style-image: ${of('list')}; mask-image: ${of('mask')}; clip-path: ${of('clip#a')} } ` +
        `body::before { content: ${of('content')} image-set(${of('image-set')} 1x) } ` +
        `body::after { content: ''; float: left; shape-outside: ${of('shape')}; background: image-set(${of('bg-set')} 1x) }`;
      document.head.append(style);
    },
    // A sheet that an XML document names.
    () => {
      const xml = `<?xml-stylesheet type="text/xsl" href="${target}/sheet"?><a/>`;
      const src = URL.createObjectURL(new Blob([xml], { type: 'text/xml' }));
      document.body.append(Object.assign(document.createElement('iframe'), { src }));
    },
    // What is made of a blob, or of text, goes by the policy of who made it.
    ...['Worker', 'SharedWorker'].map((made) => () => {
      const script =
        `const to = "${target}/${made}"; const tries = [() => fetch(to, { mode: "no-cors" }), () => new WebSocket(` +
        `to.replace("http", "ws")), () => new EventSource(to + "-events"), () => new Worker(to + "-worker"), () => ` +
        `{ const xhr = new XMLHttpRequest(); xhr.open("GET", to + "-xhr"); xhr.send(); }, () => import(to + "-module"), ` +
        `() => importScripts(to + ".js")]; for (const one of tries) try { Promise.resolve(one()).catch(() => 0) } catch {}`;
      const Made = Reflect.get(globalThis, made) as typeof Worker;
      return new Made(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    }),
    ...['srcdoc', 'blob', 'data'].map((made) => () => {
      const html = `<img src="${target}/${made}">`;
      const src = {
        srcdoc: '',
        blob: URL.createObjectURL(new Blob([html], { type: 'text/html' })),
        data: `data:text/html,${html}`,
      }[made];
      const more = made === 'srcdoc' ? { srcdoc: html } : { src };
      document.body.append(Object.assign(document.createElement('iframe'), more));
    }),
  ];
  for (const attempt of attempts) {
    try {
      // oxlint-disable-next-line no-floating-promises -- a blocked attempt rejects whenever it likes
      Promise.resolve(attempt()).catch(() => undefined);
    } catch {
      // Blocked on the spot: what is wanted.
    }
  }
}

/** Runs a function's text with a text in a worker that is made of a blob; resolves when it is through. */
export function runInWorker(script: string, parameter: string): Promise<unknown> {
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
