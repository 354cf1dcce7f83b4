// Same answer, same work: an action on an address tells nobody whether it has an account. Neither the answer nor the
// time that it takes tells.
//   node epreuves/reponses.js --engine=sqlite|postgres --samples=5000 [--geste=connexion|'mot de passe perdu'|inscription|présentation]
import { randomInt } from 'node:crypto';
import { agentPage, service } from './scene/agents.js';
import { Formulaires, acknowledged, activate, fill, send, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { aire } from './scene/rangs.js';
import { exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ engine: 'sqlite', samples: 60, geste: '' });
/** The kinds of addresses, each with the first letter of its addresses. All addresses have the same length. */
const CLASSES = { inconnue: 'i', 'en attente': 'p', active: 'a', suspendue: 's' };
const STATUTS = { p: 'EnAttenteActivation', a: 'Actif', s: 'Suspendu' };
const ALL = ['connexion', 'mot de passe perdu', 'inscription', 'renvoi', 'présentation'];
const GESTES = ALL.filter((geste) => !size.geste || geste === size.geste);
/**
 * The standard error of the area for so many samples a class. With 5,000 of them the bound is 0.02. Fewer samples say
 * less, so the bound is then five standard errors.
 */
const ERROR = Math.sqrt((2 * size.samples + 1) / (12 * size.samples ** 2));
const BOUND = size.samples >= 5_000 ? 0.02 : 5 * ERROR;

/** Requests before the count, because the first reads take longer. */
const WARM = 10;
const WARM_LETTER = 'w';
const MODELE = 'modele@exemple.example';

const address = (letter, at) => `${letter}${String(at).padStart(6, '0')}@exemple.example`;
/** Presented addresses are different ones: an address that was presented is no longer unknown. */
const presented = (letter, at) => address(letter, size.samples + at);
const draft = (letter, at) => `brouillon-${letter}${String(at).padStart(6, '0')}`;

/**
 * Makes accounts in each state, one for each sample and one to be presented. They copy one real account, and its
 * password.
 */
function populate(base) {
  const [{ id, reference, courriel, courriel_cle: cle, statut, ...same }] = base.rows('SELECT * FROM compte');
  const columns = Object.keys(same).join(', ');
  const digits = base.name === 'sqlite' ? "printf('%06d', n)" : "lpad(n::text, 6, '0')";
  for (const [letter, statut] of Object.entries(STATUTS)) {
    const courriel = `'${letter}' || ${digits} || '@exemple.example'`;
    const numbers = `WITH RECURSIVE suite (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM suite WHERE n + 1 < ${2 * size.samples})`;
    base.run(`${numbers} INSERT INTO compte (reference, courriel, courriel_cle, statut, ${columns})
      SELECT 'IEL-${letter.toUpperCase()}' || ${digits}, ${courriel}, ${courriel}, '${statut}', ${columns} FROM suite, compte WHERE id = ${id}`);
    if (statut === 'EnAttenteActivation') continue;
    base.run(`${numbers} INSERT INTO identifiant (courriel_cle, mot_de_passe, modifie_le)
      SELECT ${courriel}, mot_de_passe, modifie_le FROM suite, identifiant WHERE courriel_cle = '${cle}'`);
  }
}

/** As many filled-in drafts of a service formation as samples, each for one of the addresses. */
function drafts(base, brouillon) {
  const [{ contenu, ...same }] = base.rows(`SELECT contenu, collectivite_id, cree_le, modifie_le FROM brouillon_agent WHERE id = '${brouillon}'`);
  const columns = Object.keys(same).join(', ');
  for (const [letter, many] of [...Object.values(CLASSES).map((letter) => [letter, size.samples]), [WARM_LETTER, WARM]]) {
    const values = Array.from({ length: many }, (_, at) => {
      const filled = contenu.replaceAll(MODELE, presented(letter, at)).replaceAll("'", "''");
      return `('${draft(letter, at)}', '${filled}', ${Object.values(same).join(', ')})`;
    });
    // The command line has a maximum length.
    for (let at = 0; at < many; at += 50) {
      base.run(`INSERT INTO brouillon_agent (id, contenu, ${columns}) VALUES ${values.slice(at, at + 50).join(', ')}`);
    }
  }
}

/** The same page with its packed data spelt out, so that the personal parts are found in them too. */
const spelt = (html) =>
  html.replace(/"=([A-Za-z0-9+/]+)"/g, (_, packed) => `"=${Buffer.from(packed, 'base64').toString('latin1').replace(/[^\x20-\x7e]+/g, '…')}"`);

/** An answer without its personal parts: the nonce, the date, the number of the request, the person's own data. */
function masked({ status, location, headers, html }, courriel) {
  const own = (text) =>
    text
      // The progress of the mail, which depends on the worker.
      .replace(/data-part.*?\/p>/gs, '<suivi>')
      .replaceAll(courriel, '<adresse>')
      .replaceAll(encodeURIComponent(courriel), '<adresse>')
      .replaceAll(`${courriel[0]}•••@`, '<adresse masquée>@')
      .replace(/IEL-[0-9A-Z]{4}-[0-9A-Z]{4}/g, '<référence>');
  const nonce = headers['content-security-policy'].match(/'nonce-([^']+)'/)?.[1];
  const { date, 'x-request-id': number, 'content-security-policy': policy, 'set-cookie': cookies = [], 'content-length': length, ...rest } = headers;
  const shown = {
    status,
    location,
    rest,
    policy: nonce ? policy.replaceAll(nonce, '<nonce>') : policy,
    cookies: cookies.map((cookie) => cookie.replace(/=[^;]+/, '=<secret>')),
    html: spelt(nonce ? html.replaceAll(nonce, '<nonce>') : html),
  };
  return own(JSON.stringify(shown));
}

await trial(`same answer on ${size.engine}, ${size.samples} samples a class`, async (clean) => {
  const base = await engine(size.engine, clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, {
    IEL_DATABASE_URL: base.url,
    IEL_MAIL_URL: puits.url,
  });
  await programme.start();
  clean(() => programme.kill());
  const agent = connections(1);
  const forms = new Formulaires();
  await signUp(new Visiteur(programme.url, agent), forms, MODELE);
  for (let tries = 0; tries < 100 && puits.letters.length === 0; tries += 1) await wait(100);
  await activate(new Visiteur(programme.url, agent), forms, puits.letters[0].link);
  const asked = (geste) => GESTES.includes(geste);
  const rh = asked('présentation') ? await service(programme, agent, 'rh@toulouse.example', MODELE) : null;
  await programme.stop();
  populate(base);
  if (rh) drafts(base, rh.brouillon);
  await programme.start();

  const times = Object.fromEntries(GESTES.map((geste) => [geste, Object.fromEntries(Object.keys(CLASSES).map((name) => [name, []]))]));
  const answers = Object.fromEntries(GESTES.map((geste) => [geste, new Map()]));

  async function sample(name, letter, at) {
    const courriel = address(letter, at);
    const visiteur = new Visiteur(programme.url, agent);
    const measured = async (geste, act, look = ({ location }) => visiteur.get(location)) => {
      const begun = performance.now();
      const answer = await act();
      times[geste][name].push(performance.now() - begun);
      const after = await look(answer);
      const both = `${masked(answer, courriel)}\n${masked(after, courriel)}`;
      if (!answers[geste].has(both)) answers[geste].set(both, new Set());
      answers[geste].get(both).add(name);
    };
    if (asked('connexion')) {
      const login = await forms.of(visiteur, '/', 'Se connecter');
      const fields = { espace: 'agent', courriel, mot_de_passe: 'quatre mots de passe faux' };
      await measured('connexion', () => visiteur.post(login, fields));
    }
    if (asked('mot de passe perdu')) {
      const lost = await forms.of(visiteur, '/mot-de-passe-perdu', 'Recevoir un lien');
      await measured('mot de passe perdu', () => visiteur.post(lost, { courriel }));
    }
    if (rh) {
      // The list also holds the agents presented before. Only the page of this agent is compared.
      await measured('présentation', () => rh.present(draft(letter, at)), ({ location }) => {
        const reference = location.match(/\?inscrit=(.*)$/)?.[1];
        exige(reference, `${draft(letter, at)} is not presented: ${location}`);
        return rh.visiteur.get(agentPage(reference));
      });
    }
    if (!asked('inscription')) return;
    await fill(visiteur, forms, courriel);
    await measured('inscription', () => send(visiteur, forms));
    exige(await acknowledged(visiteur), `${courriel} is not told that the request is kept`);
    if (!asked('renvoi')) return;
    const again = await forms.of(visiteur, '/inscription/envoyee', 'Renvoyer le courriel');
    await measured('renvoi', () => visiteur.post(again, {}));
  }

  for (let at = 0; at < WARM; at += 1) await sample('inconnue', WARM_LETTER, at);
  for (const geste of GESTES) [times[geste].inconnue, answers[geste]] = [[], new Map()];

  const begun = performance.now();
  for (let at = 0; at < size.samples; at += 1) {
    const turn = Object.entries(CLASSES);
    while (turn.length > 0) {
      const [[name, letter]] = turn.splice(randomInt(turn.length), 1);
      await sample(name, letter, at);
    }
    if (size.samples > 1_000 && (at + 1) % 250 === 0) console.log(`${at + 1}/${size.samples}, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }

  const told = [];
  for (const geste of GESTES) {
    for (const [other] of Object.entries(CLASSES).slice(1)) {
      const area = aire(times[geste].inconnue, times[geste][other]);
      console.log(`${geste}, inconnue / ${other}: AUC ${area.toFixed(4)}`);
      if (Math.abs(area - 0.5) > BOUND) told.push(`the time of « ${geste} » tells ${other} from inconnue: AUC ${area.toFixed(3)}`);
    }
    if (answers[geste].size > 1) {
      const [one, other] = [...answers[geste].entries()];
      const at = [...one[0]].findIndex((letter, at) => letter !== other[0][at]);
      told.push(`« ${geste} » is not answered alike: ${[...one[1]]} …${one[0].slice(at - 60, at + 120)}… ${[...other[1]]} …${other[0].slice(at - 60, at + 120)}…`);
    }
  }
  exige(told.length === 0, told.join('\n'));
  console.log(`${GESTES.length * size.samples * 4} answers, of each gesture one, the same for each class; every AUC within ${(0.5 - BOUND).toFixed(3)} and ${(0.5 + BOUND).toFixed(3)}`);
});
