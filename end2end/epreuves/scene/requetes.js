// Requests, right and wrong, made from the description of the server's inputs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { bytes, hostile } from './hostile.js';

/** What `cargo test -p server description` says of the program's inputs. */
const DESCRIPTION = path.join(import.meta.dirname, '../../../target/description.json');
const { routes, functions, names } = JSON.parse(readFileSync(DESCRIPTION, 'utf8'));

/** Functions that end the caller's own connexion or account: they are tried, but rarely. */
const RARE = new Set(['logout', 'close_other_connexions', 'close_connexion', 'erase_account', 'withdraw', 'renew_codes']);
const WITH_FILES = ['/pkg/iel.js', '/favicon.svg', '/nulle-part', '/pkg/../Leptos.toml', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/api/', '/api/inconnu', '//', '/*', '/a\\b'];

/** The kind of caller that has each right, or that may see the pages under each path. */
const RIGHTFUL = { Public: 'brouillon', Connecte: 'formateur', Formateur: 'formateur', ServiceFormation: 'service', SecondFacteur: 'attente', Gestionnaire: 'gestionnaire', Administrateur: 'administrateur' };
const UNDER = [['/gestion/second-facteur', 'attente'], ['/gestion', 'administrateur'], ['/mon-compte', 'formateur'], ['/service-formation', 'service'], ['/', 'brouillon']];

const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '999'];
const PLAUSIBLE = {
  version: ['1', '2', '3', '4'],
  etape: Object.keys(names.tabs),
  vers: ['suivant', 'precedent', 'annuler', 'lien', 'recapitulatif'],
  faire: ['apercu', 'enregistrer'],
  statut: ['tous', 'a-valider', 'actif', 'refuse', 'titulaire', 'contractuel'],
  role: ['gestionnaire', 'administrateur', 'service-formation'],
  cas: ['personnel', 'independant', 'service-rh'],
  verdict: ['valider', 'refuser'],
  volet: ['abandonnes', 'file', 'envoyes'],
  annonces: ['jamais', 'jour', 'semaine'],
  espace: ['agent', 'service', 'gestion'],
  collectivite: ['COMMUNE:31555', 'Toulouse', 'Cnfpt-employeur Generique Intervenants (31)'],
  code_postal: ['31000', '75001', '98000'],
  date_naissance: ['07/03/1980', '1980-03-07', '7 3 80'],
  mot_de_passe: ['agrafe batterie cheval lune', 'onze tramways bleus sous la pluie', 'court'],
  code: ['000000', '123 456', '31'],
  dossiers: ['1.2', '1.2,2.2,3.2'],
  ids: ['1', '1,2,3'],
  civilite: ['mme', 'm'],
  pays: ['FR', 'BE', 'XX'],
  mobile: ['06 12 34 56 78', '+33 6 12 34 56 78', '0032470123456'],
  siret: ['21310555400017', '213 105 554 00017'],
  siren: ['213105554', ''],
  nom: ['Ferrand-Éluard', 'N’Guyen', 'Toulouse'],
  q: ['toul', 'IEL-', 'zorn'],
  reference: ['IEL-0000-0001'],
  jours: ['1', '7'],
  information: ['on'],
  certification: ['on'],
  du: ['01/01/2026'],
  au: ['31/12/2026'],
  retour: ['statut=tous&q=a', ''],
};

/** A value for a field: `known` gives those that exist (tokens, references, addresses). */
function value(name, kind, known) {
  const plausible = [...(PLAUSIBLE[name] ?? []), ...(known[name] ?? [])];
  if (kind === 'integer' || name === 'id') plausible.push(...NUMBERS);
  if (kind === 'boolean') plausible.push('true', 'false', 'on');
  if (plausible.length === 0) plausible.push('texte', '1');
  return fc.oneof({ arbitrary: fc.constantFrom(...plausible), weight: 3 }, { arbitrary: hostile, weight: 2 });
}

const MAPS = { champs: Object.values(names.tabs).flat(), remarques: Object.entries(names.tabs).flatMap(([tab, fields]) => fields.map((field) => `${tab}.${field}`)), entree: names.entree, delegation: names.delegation, saisie: names.saisie, parametres: names.parameters };

function argument({ name, kind }, known) {
  if (kind !== 'map') return value(name, kind, known).map((given) => [[name, given]]);
  const inside = fc.oneof({ arbitrary: fc.constantFrom(...MAPS[name]), weight: 8 }, { arbitrary: hostile, weight: 1 });
  const pair = inside.chain((field) => value(field, 'text', known).map((given) => [`${name}[${field}]`, given]));
  return fc.array(pair, { maxLength: 8 });
}

/** The pairs of a form: right most often; else one is missing, doubled, unknown or of a wrong shape. */
function fields(described, known) {
  const right = fc.tuple(...described.map((each) => argument(each, known))).map((groups) => groups.flat());
  const spoiled = fc.tuple(right, fc.nat(9), fc.constantFrom('drop', 'double', 'extra', 'shape', 'huge'), hostile).map(([pairs, at, how, odd]) => {
    const index = pairs.length > 0 ? at % pairs.length : 0;
    const [name = 'id', given = '1'] = pairs[index] ?? [];
    if (how === 'drop') return pairs.toSpliced(index, 1);
    if (how === 'double') return [...pairs, [name, odd]];
    if (how === 'extra') return [...pairs, [odd, given], ['id', '1'], ['__proto__', '1']];
    if (how === 'shape') return [...pairs.toSpliced(index, 1), [`${name}[${odd}]`, given], [`${name}[]`, given], [`${name}[a][b][c][d][e][f][g]`, given]];
    return [...pairs, [name, 'é'.repeat(4_000)]];
  });
  return fc.oneof({ arbitrary: right, weight: 3 }, { arbitrary: spoiled, weight: 2 });
}

const encode = (text) => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
const encodePath = (text) => encodeURIComponent(text.toWellFormed());
const urlencoded = (pairs) => pairs.map(([name, given]) => `${encode(name)}=${encode(given)}`).join('&');

/** `binary` texts hold one byte a character. */
const binary = (text) => Buffer.from(text.toWellFormed()).toString('latin1');

function multipart(pairs) {
  const parts = pairs.map(([name, given]) => `--limite\r\nContent-Disposition: form-data; name="${name}"${name === 'fichier' ? '; filename="a.csv"\r\nContent-Type: text/csv' : ''}\r\n\r\n${given}\r\n`);
  return binary(`${parts.join('')}--limite--\r\n`);
}

const body = (pairs) =>
  fc.oneof(
    { arbitrary: fc.constant({ type: 'application/x-www-form-urlencoded', text: urlencoded(pairs) }), weight: 14 },
    { arbitrary: bytes.map((odd) => ({ type: 'application/x-www-form-urlencoded', text: `${urlencoded(pairs)}${odd}` })), weight: 3 },
    { arbitrary: bytes.map((odd) => ({ type: 'application/x-www-form-urlencoded', text: `${odd}=${odd}&${pairs.map(([name]) => `${encode(name)}=${odd}`).join('&')}` })), weight: 2 },
    { arbitrary: fc.constant({ type: 'application/json', text: binary(JSON.stringify(Object.fromEntries(pairs))) }), weight: 1 },
    { arbitrary: fc.constant({ type: 'multipart/form-data; boundary=limite', text: multipart(pairs) }), weight: 1 },
    { arbitrary: fc.constantFrom('', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded; charset=utf-16', 'a/b; \xff', ','.repeat(200)).map((type) => ({ type, text: urlencoded(pairs) })), weight: 1 },
    { arbitrary: fc.constant({ type: 'application/x-www-form-urlencoded', text: '' }), weight: 1 },
  );

/** Big ones, which nobody reads to the end. */
const heavy = fc.constantFrom(9_000, 70_000, 10_000_000).map((many) => ({ type: 'application/x-www-form-urlencoded', text: 'texte=', more: many }));

const file = fc.oneof(
  fc.constant(',type,code,nom,siren,departement,codes_postaux,population\n'),
  fc.array(fc.array(hostile, { maxLength: 9 }), { maxLength: 6 }).map((rows) => `type;code;nom;siren;departement;codes_postaux;population\n${rows.map((row) => row.join(';')).join('\n')}`),
  hostile,
).map((text) => ({ type: 'multipart/form-data; boundary=limite', text: multipart([['fichier', text]]) }));

const query = (known) =>
  fc.oneof(
    { arbitrary: fc.constant(''), weight: 3 },
    {
      arbitrary: fc.array(fc.constantFrom(...names.parameters).chain((name) => value(name, 'text', known).map((given) => [name, given])), { minLength: 1, maxLength: 6 }).map((pairs) => `?${urlencoded(pairs)}`),
      weight: 6,
    },
    { arbitrary: fc.tuple(fc.constantFrom(...names.parameters), bytes).map(([name, odd]) => `?${name}=${odd}&${odd}`), weight: 2 },
    { arbitrary: fc.constantFrom('q', 'erreur', 'apres', 'statut').map((name) => `?${name}=${'a'.repeat(15 * 1024)}`), weight: 1 },
  );

const ODD = [
  ['Cookie', 'iel_session='], ['Cookie', 'iel_session=a; iel_session=b'], ['Cookie', `iel_session=${'a'.repeat(5_000)}`], ['Cookie', 'iel_brouillon=\xff\xfe'], ['Cookie', ';;;==;'], ['Cookie', "iel_session=' OR 1=1"],
  ['Accept', '*/*'], ['Accept', 'application/json'], ['Accept', ''], ['Accept', '\xff'], ['Accept', 'text/html,'.repeat(200)], ['Accept-Encoding', 'br, gzip'], ['Accept-Encoding', 'identity;q=0'], ['Accept-Language', 'zq9'.repeat(300)],
  ['X-Forwarded-For', '198.51.100.7'], ['X-Forwarded-For', '2001:db8::1'], ['X-Forwarded-For', 'unknown'], ['X-Forwarded-For', '1.2.3.4, , ,'], ['X-Forwarded-For', '\xff'], ['X-Forwarded-For', '1.1.1.1,'.repeat(500)], ['X-Forwarded-Host', 'zq9.example'], ['Forwarded', 'for=zq9'],
  ['Range', 'bytes=0-1'], ['Range', 'bytes=9999999999999999999-'], ['Range', 'bytes=-1,0-,5-2'], ['If-None-Match', '*'], ['If-Modified-Since', 'hier'], ['If-Match', '"zq9"'], ['Expect', '100-continue'], ['Upgrade', 'websocket'], ['TE', 'trailers'],
  ['Referer', 'https://zq9.example/'], ['Referer', '\xff'], ['Referer', 'a:b:c'], ['Referer', 'http://127.0.0.1/?"><zq9>'], ['Origin', 'null'], ['Origin', 'https://zq9.example'], ['Sec-Fetch-Site', 'cross-site'], ['Sec-Fetch-Site', 'none'],
  ['User-Agent', '<zq9>'], ['User-Agent', '\xff\xff'], ['X-Rafraichir', '1'], ['X-HTTP-Method-Override', 'DELETE'], ['Content-Encoding', 'gzip'], ['X-A', 'a'.repeat(15_000)],
];
const odd = fc.array(fc.constantFrom(...ODD), { maxLength: 2 });
const host = fc.oneof({ arbitrary: fc.constant(null), weight: 40 }, { arbitrary: fc.constantFrom('zq9.example', '', '127.0.0.1', '[', 'localhost:1', 'a'.repeat(300), '\xff'), weight: 1 });
const wrong = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'ZQ9', 'get');

const method = (right) => fc.oneof({ arbitrary: fc.constantFrom(...right), weight: 19 }, { arbitrary: wrong, weight: 1 });

/** Mostly the caller who has the right: the others are turned away before anything is read. */
const caller = (rightful, kinds) => fc.oneof({ arbitrary: fc.constant(rightful), weight: 2 }, { arbitrary: fc.constantFrom(...kinds), weight: 1 });

function call(described, known, kinds) {
  const content = fc.oneof({ arbitrary: fields(described.arguments, known).chain(body), weight: 150 }, { arbitrary: heavy, weight: 1 });
  return fc.record({ kind: caller(RIGHTFUL[described.right], kinds), method: method([described.method]), target: fc.constant(described.path), content, odd, host });
}

function page(route, known, kinds) {
  const pieces = route.path.split(/\{(\w+)\}/);
  const filled = pieces.map((piece, at) => {
    if (at % 2 === 0) return fc.constant(piece);
    return fc.oneof({ arbitrary: value(piece, 'text', known).map(encodePath), weight: 8 }, { arbitrary: bytes, weight: 1 });
  });
  const target = fc.tuple(...filled, query(known)).map((parts) => parts.join(''));
  const content = route.body === 'none' ? fc.constant({ type: '', text: '' }) : fc.oneof({ arbitrary: file, weight: 20 }, { arbitrary: heavy, weight: 1 });
  const [, rightful] = UNDER.find(([path]) => route.path.startsWith(path));
  return fc.record({ kind: caller(rightful, kinds), method: method(route.methods), target, content, odd, host });
}

/** Any request to any function or route, by any of `kinds`. `known` has the values that exist. */
export function requests(known, kinds) {
  const calls = functions.map((described) => ({ arbitrary: call(described, known, kinds), weight: RARE.has(described.path.slice(5)) ? 1 : 12 }));
  const pages = [...routes, ...WITH_FILES.map((path) => ({ path, methods: ['GET'], body: 'none' }))].map((route) => ({ arbitrary: page(route, known, kinds), weight: 12 }));
  return fc.oneof(...calls, ...pages);
}

/** The bytes of a request on the wire. `cookies` are its caller's. */
export function wire({ method, target, content, odd, host }, authority, cookies) {
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host ?? authority}`];
  const has = (name) => odd.some(([known]) => known === name);
  if (!has('Accept')) lines.push('Accept: text/html');
  if (!has('Sec-Fetch-Site')) lines.push('Sec-Fetch-Site: same-origin');
  if (cookies && !has('Cookie')) lines.push(`Cookie: ${cookies}`);
  if (content.type) lines.push(`Content-Type: ${content.type}`);
  for (const [name, given] of odd) lines.push(`${name}: ${given}`);
  const length = content.text.length + (content.more ?? 0);
  if (length > 0 || method === 'POST') lines.push(`Content-Length: ${length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content.text}`, 'latin1');
  return content.more ? Buffer.concat([head, Buffer.alloc(content.more, 'a')]) : head;
}
