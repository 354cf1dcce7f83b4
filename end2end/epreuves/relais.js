// R2, R5: the mail server is down or slow, refuses for now or for good, or refuses us. Or it does not encrypt, or
// takes a mail and does not say so. People sign up all the same, and each mail ends as it should.
//   node epreuves/relais.js --engine=sqlite|postgres
import { gestionnaire } from './scene/equipe.js';
import { Formulaires, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits, duplicates } from './scene/puits.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';
import { Visiteur, action, connections, hidden } from './scene/visiteur.js';

const size = sizes({ engine: 'sqlite' });
/** How long a sign-up may take, in milliseconds: a person does not wait for a mail. */
const PROMPT = 2_000;
const agent = connections(8);

/** A program, with a mail server of its own. */
async function pair(clean, puits, mail) {
  const base = await engine(size.engine, clean);
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: mail });
  await programme.start();
  clean(() => programme.kill());
  clean(() => puits.close().catch(() => {}));
  const forms = new Formulaires();
  // The first sign-up learns the addresses of the forms.
  await signUp(new Visiteur(programme.url, agent), forms, 'premiere@exemple.example');
  const person = async (courriel) => {
    const visiteur = new Visiteur(programme.url, agent);
    const begun = performance.now();
    const reference = await signUp(visiteur, forms, courriel);
    exige(reference, `${courriel} was not signed up`);
    exige(performance.now() - begun < PROMPT, `${courriel} waited more than ${PROMPT} ms to be signed up`);
    return { visiteur, reference, at: Date.now() };
  };
  const mailOf = ({ reference }) =>
    base.rows(`SELECT courriel.* FROM courriel JOIN compte ON compte.id = compte_id WHERE reference = '${reference}'`)[0];
  const came = async (courriel, seconds, many = 1) => {
    const found = () => puits.letters.filter(({ to }) => to === courriel);
    const until = performance.now() + seconds * 1000;
    while (found().length < many) {
      if (performance.now() > until) rejette(`no mail to ${courriel} within ${seconds} s`);
      await wait(20);
    }
    return found();
  };
  return { base, programme, person, mailOf, came };
}

const tried = (puits, courriel) => puits.tries.filter(({ to }) => to === courriel).length;

async function recipients(clean) {
  const faults = new Map();
  const puits = await new Puits({ faults: (act, to) => faults.get(`${act} ${to}`)?.() ?? null }).listen();
  const { port } = puits;
  const { programme, person, mailOf, came } = await pair(clean, puits, puits.url);
  await came('premiere@exemple.example', 5);
  const camille = await gestionnaire(programme, agent);
  const once = (...said) => () => said.shift() ?? null;
  const at = (act, name, fault) => faults.set(`${act} ${name}@exemple.example`, fault);

  await puits.close();
  const early = await person('eteint@exemple.example');
  await wait(1_000);
  exige(mailOf(early).etat === 'queued' && mailOf(early).essais === 1, 'with the mail server down, the mail is not queued after one attempt');
  await puits.listen(port);
  await came('eteint@exemple.example', 30);
  console.log('down: signed up, and the mail left when the server came back');

  at('rcpt', 'plustard', once('451 4.7.1 Revenez plus tard'));
  at('rcpt', 'inconnue', once('550 5.1.1 Boite inconnue'));
  at('end', 'coupee', once('drop'));
  at('end', 'saturee', once('452 4.2.2 Boite pleine'));
  at('rcpt', 'lente', once('hang'));
  const lente = await person('lente@exemple.example');
  while (tried(puits, 'lente@exemple.example') === 0) await wait(10);

  for (let other = 0; other < 12; other += 1) {
    const courriel = `autre${other}@exemple.example`;
    const { at } = await person(courriel);
    const [{ at: there }] = await came(courriel, 8);
    exige(there - at < 5_000, `a slow recipient delayed ${courriel} by ${there - at} ms`);
  }
  exige(mailOf(lente).etat === 'queued', 'the slow recipient’s mail is not queued');
  console.log('slow recipient: twelve others had their mail within 5 s each');

  const inconnue = await person('inconnue@exemple.example');
  while (mailOf(inconnue).etat === 'queued' && Date.now() - inconnue.at < 3_000) await wait(50);
  exige(mailOf(inconnue).etat === 'dead', 'a mail refused for good is not given up at once');
  const shown = await inconnue.visiteur.get('/inscription/envoyee');
  exige(/refus/.test(shown.html.split('<main')[1] ?? ''), 'the person is not told that their address was refused');
  const outbox = await camille.get('/gestion/courriels?volet=abandonnes');
  exige(outbox.html.includes('Boite inconnue'), 'the gestionnaires do not see a mail refused for good');
  await wait(500);
  exige(tried(puits, 'inconnue@exemple.example') === 1, 'a mail refused for good was tried again');
  const again = await camille.post(action(outbox.html, 'Renvoyer'), { id: hidden(outbox.html, 'id'), volet: 'abandonnes' });
  exige(again.status === 302, `« Renvoyer » was answered ${again.status}`);
  const [back] = await came('inconnue@exemple.example', 5);
  exige(back.id === mailOf(inconnue).message_id, '« Renvoyer » changed the Message-ID');
  console.log('550 for the recipient: given up at once, shown, sent again by « Renvoyer »');

  await Promise.all(['plustard', 'saturee', 'coupee'].map((name) => person(`${name}@exemple.example`)));
  await came('plustard@exemple.example', 30);
  await came('saturee@exemple.example', 30);
  console.log('451 and 452: tried again and delivered');
  await came('coupee@exemple.example', 30, 2);
  await came('lente@exemple.example', 90);
  console.log('no end of the dialogue within 60 s: tried again and delivered');
  const { again: doubles } = duplicates(puits.letters, rejette);
  exige(doubles === 1, `${doubles} doubles where one was due to a connection lost after DATA`);
  exige(puits.letters.filter(({ to }) => to === 'coupee@exemple.example').length === 2, 'the double is not the one that was cut');
  console.log('cut after DATA: twice, with one Message-ID and one link');
}

/** The mail system refuses us, and not a recipient: the queue rests for a minute, and gives nothing up. */
async function paused(clean, what, puits, mail, act) {
  const { programme, person, mailOf, came } = await pair(clean, puits, mail);
  const people = [await person('une@exemple.example'), await person('deux@exemple.example')];
  await wait(2_000);
  const before = puits.refusals;
  exige(before > 0, `${what}: nothing was tried`);
  await wait(20_000);
  exige(puits.refusals === before, `${what}: the queue goes on trying while it should rest (${before}, then ${puits.refusals})`);
  for (const who of people) exige(mailOf(who).etat === 'queued', `${what}: a mail is ${mailOf(who).etat}`);
  const { code, stdout } = await programme.run('check');
  exige(code !== 0 && /Courriel.*refuse/.test(stdout), `${what}: iel check does not say so`);
  puits.mended = true;
  if (act === 'auth') {
    await came('une@exemple.example', 75);
    await came('deux@exemple.example', 75);
  }
  console.log(`${what}: the queue rests, nothing is given up, iel check says why${act === 'auth' ? ', and it goes on once mended' : ''}`);
}

/** A mail server that answers `said` to each `act`, and counts these refusals. */
function refusing(act, said, offers) {
  const puits = new Puits({
    offers,
    faults: (done) => {
      if (done !== act || puits.mended) return null;
      puits.refusals += 1;
      return said;
    },
  });
  puits.refusals = 0;
  return puits.listen();
}

await trial(`mail server at fault, on ${size.engine}`, async (clean) => {
  const auth = await refusing('auth', '535 5.7.8 Identifiant refuse', ['AUTH PLAIN LOGIN']);
  const tls = await refusing('connect', null, []);
  await Promise.all([
    recipients(clean),
    paused(clean, '535 for us', auth, `smtp://iel:secret@127.0.0.1:${auth.port}?tls=none`, 'auth'),
    paused(clean, 'no TLS where it is required', tls, `smtp://127.0.0.1:${tls.port}?tls=required`, 'connect'),
  ]);
});
