// How long a large file takes into the directory: sent, reported on, written.

/** Seconds for each step of an import of so many new lines. */
export async function imported({ url, cookie }, lines) {
  const rows = Array.from({ length: lines }, (_, at) => `SYNDICAT;M${at};Syndicat mesuré ${at};;31;31000 31100;${at}`);
  const file = `type;code;nom;siren;departement;codes_postaux;population\n${rows.join('\n')}\n`;
  const form = new FormData();
  form.set('fichier', new Blob([file], { type: 'text/csv' }), 'mesure.csv');
  const headers = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const timed = async (step) => {
    const begun = performance.now();
    const done = await step();
    return [done, (performance.now() - begun) / 1000];
  };
  const action = (html) => html.match(/<form[^>]*action="([^"]*)"[^>]*>(?:(?!<form)[\s\S])*?(?:name="fichier"|>Importer<)/)[1];
  const page = await (await fetch(`${url}/gestion/collectivites/import`, { headers })).text();
  const [sent, sending] = await timed(() =>
    fetch(url + action(page), { method: 'POST', headers, body: form, redirect: 'manual' }),
  );
  const there = sent.headers.get('location');
  const [report, reporting] = await timed(async () => (await fetch(url + there, { headers })).text());
  const [written, writing] = await timed(() =>
    fetch(url + action(report), {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ id: new URL(there, url).searchParams.get('id') }),
    }),
  );
  if (!/fait=/.test(written.headers.get('location') ?? '')) throw new Error(`not imported: ${written.headers.get('location')}`);
  return { sending, reporting, writing };
}
