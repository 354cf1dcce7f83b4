// The weight of the files that travel, compressed as the browser asks for it.
export async function poids(base) {
  const sizes = [];
  const page = await fetched(`${base}/inscription`);
  sizes.push(['HTML /inscription', page.bytes]);
  sizes.push(['HTML /', (await fetched(`${base}/`)).bytes]);
  const names = new Set(page.text.match(/\/pkg\/[\w.-]+\.(?:css|js|wasm)/g));
  for (const name of [...names].sort()) {
    sizes.push([name.replace(/^.*\.(\w+)$/, '$1').toUpperCase(), (await fetched(`${base}${name}`)).bytes]);
  }
  return sizes;
}

/** `fetch` undoes the compression and hides the size: this asks by hand. */
export async function fetched(url) {
  const { get } = await import('node:http');
  const { brotliDecompressSync } = await import('node:zlib');
  const headers = { 'accept-encoding': 'br', accept: 'text/html,*/*' };
  const { body, encoding } = await new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ body: Buffer.concat(chunks), encoding: response.headers['content-encoding'] }));
    }).on('error', reject);
  });
  const text = encoding === 'br' ? brotliDecompressSync(body) : body;
  return { bytes: body.length, encoding, text: text.toString('utf8') };
}
