/**
 * Every way that a page's policy can close for a script that would reach another machine; each must fail. A policy closes
 * neither navigation nor WebRTC: see the README. Runs inside the browser, so it stands alone.
 */
export function tryToSend(target: string): void {
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
    // What is made of a blob, or of text, goes by the policy of who made it.
    ...['Worker', 'SharedWorker'].map((made) => () => {
      const script = `fetch("${target}/${made}", { mode: "no-cors" }); importScripts("${target}/${made}.js")`;
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
