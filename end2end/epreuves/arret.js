// R6: told to stop, the program ends within 20 seconds. It answers the requests under way, and finishes the mail
// being handed over. Neither a client nor a mail server that hangs holds it longer.
//   node epreuves/arret.js --engine=sqlite|postgres --rounds=5
import { connect } from 'node:net';
import { Formulaires, acknowledged, fill, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, status, wait } from './scene/programme.js';
import { Puits, duplicates } from './scene/puits.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ engine: 'sqlite', rounds: 3 });
const agent = connections(8);
/** The promise, plus a margin for a loaded machine, in seconds. */
const WITHIN = 20 + 1.5;

/** Sends « Valider » up to the first half of its body. `rest` sends the other half and returns the answer's head. */
async function halfSent(programme, visiteur, forms) {
  const form = await forms.of(visiteur, '/inscription/validation', 'Valider');
  const body = 'etape=validation&vers=suivant&champs%5Binformation%5D=on&champs%5Bcertification%5D=on';
  const cookie = [...visiteur.cookies].map((pair) => pair.join('=')).join('; ');
  const { port, host } = new URL(programme.url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  const ended = new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
  socket.on('data', (piece) => (answer += piece));
  socket.write(
    `POST ${form} HTTP/1.1\r\nhost: ${host}\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\ncookie: ${cookie}\r\n` +
      `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
  );
  return {
    rest: async () => {
      socket.write(body.slice(20));
      await ended;
      return answer.split('\r\n\r\n')[0];
    },
  };
}

await trial(`SIGTERM on ${size.engine}`, async (clean) => {
  const base = await engine(size.engine, clean);
  let slow = 0;
  const puits = await new Puits({ faults: (act) => (act === 'end' && slow ? slow : null) }).listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url });
  await programme.start();
  clean(() => programme.process.kill('SIGKILL'));
  const forms = new Formulaires();
  await signUp(new Visiteur(programme.url, agent), forms, 'premiere@exemple.example');
  let serial = 0;

  for (let round = 1; round <= size.rounds; round += 1) {
    // Six people have sent half of their last form, and the mail being handed over takes three seconds.
    slow = 3_000;
    const people = Array.from({ length: 6 }, () => new Visiteur(programme.url, agent));
    await Promise.all(people.map((person) => fill(person, forms, `p${(serial += 1)}@exemple.example`)));
    const before = puits.letters.length;
    await signUp(new Visiteur(programme.url, agent), forms, `p${(serial += 1)}@exemple.example`);
    const halves = await Promise.all(people.map((person) => halfSent(programme, person, forms)));
    for (let at = 0; at < 200 && puits.letters.length === before; at += 1) await wait(10);
    // A form counts as under way once the program has read its head.
    await wait(500);
    const stopped = programme.stop();
    await wait(1_000);
    exige((await status(programme.url, '/healthz')) === 0, 'a program that stops takes new connections');
    const heads = await Promise.all(halves.map(({ rest }) => rest()));
    for (const head of heads) exige(/^HTTP\/1.1 302[^]*location: \/inscription\/envoyee/i.test(head), `under way, a sign-up was answered: ${head.slice(0, 80)}`);
    const { seconds, code } = await stopped;
    exige(code === 0, `the program ended with ${code}`);
    exige(seconds < WITHIN, `stopping took ${seconds.toFixed(1)} s`);
    exige(!base.rows("SELECT id FROM courriel WHERE etat = 'queued' AND verrouille_jusqu IS NOT NULL").length, 'a mail being handed over was not finished');
    slow = 0;
    await programme.start();
    for (const person of people) exige(await acknowledged(person), 'a sign-up answered while stopping is not there');
    console.log(`${size.engine}, round ${round}: six forms under way answered, the mail finished, ${seconds.toFixed(1)} s`);
  }
  for (let at = 0; at < 100 && base.rows("SELECT id FROM courriel WHERE etat = 'queued'").length > 0; at += 1) await wait(100);
  const { again, seen } = duplicates(puits.letters, rejette);
  exige(again === 0 && seen.size === serial + 1, `${serial + 1} mails were due, ${seen.size} came, ${again} twice`);

  // Everything hangs at once: a client in the middle of a form, and the mail server.
  slow = 'hang';
  const person = new Visiteur(programme.url, agent);
  await fill(person, forms, 'suspendue@exemple.example');
  await signUp(new Visiteur(programme.url, agent), forms, 'derniere@exemple.example');
  await halfSent(programme, person, forms);
  await wait(500);
  const { seconds, code } = await programme.stop();
  exige(seconds < WITHIN && code === 0, `with a client and a mail server that hang, stopping took ${seconds.toFixed(1)} s (code ${code})`);
  console.log(`${size.engine}: with a client and a mail server that hang, ${seconds.toFixed(1)} s`);
});
