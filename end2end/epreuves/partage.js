// R4, R3: two servers on one PostgreSQL send one queue while they are killed in turn. No mail is leased to both. A
// mail sent twice was sent and not yet marked, and has the same Message-ID and link both times.
//   node epreuves/partage.js --mails=10000 --kills=20 [--sabotage=lease]
import { SIDE_BY_SIDE } from './scene/constats.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits, duplicates } from './scene/puits.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';
import { Formulaires, signUp } from './scene/inscriptions.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ mails: 400, kills: 2, sabotage: '' });

/** Copies of the activation mail of one sign-up, each with its own link and identifier. */
const COPIES = (many) => `
  INSERT INTO jeton (id, usage, sujet_id, kid, cree_le)
    SELECT md5('jeton ' || n), usage, sujet_id, kid, cree_le FROM jeton, generate_series(1, ${many}) n WHERE usage = 'activation';
  INSERT INTO courriel (genre, compte_id, jeton_id, destinataire_cle, cree_le, prochain_essai_le, essais, etat, message_id)
    SELECT genre, compte_id, md5('jeton ' || n), destinataire_cle, cree_le, prochain_essai_le, 0, 'queued', md5('mail ' || n) || '@exemple.example'
    FROM courriel, generate_series(1, ${many}) n WHERE genre = 'activation'`;

await trial('two servers on one PostgreSQL', async (clean) => {
  const base = await engine('postgres', clean);
  const puits = await new Puits({ faults: (act) => (act === 'rcpt' ? 5 : null) }).listen();
  clean(() => puits.close());
  const settings = { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url };
  const servers = [await Programme.in(base.folder, settings)];
  servers.push(await Programme.in(base.folder, { ...settings, IEL_PUBLIC_URL: servers[0].url }));
  for (const server of servers) clean(() => server.process?.kill('SIGKILL'));
  await servers[0].start();
  await signUp(new Visiteur(servers[0].url, connections(1)), new Formulaires(), 'une@exemple.example');
  await servers[0].kill();
  base.run(COPIES(size.mails));
  // Records every lease. The fault that this trial looks for is a lease given while another lease of the same mail
  // runs.
  base.run(`CREATE TABLE temoin (id bigserial, courriel_id bigint, le bigint, fin bigint);
    CREATE FUNCTION temoigner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.verrouille_jusqu IS NOT NULL AND NEW.verrouille_jusqu IS DISTINCT FROM OLD.verrouille_jusqu THEN
        INSERT INTO temoin (courriel_id, le, fin) VALUES (NEW.id, extract(epoch FROM clock_timestamp()) * 1000, NEW.verrouille_jusqu);
      END IF; RETURN NULL; END $$;
    CREATE TRIGGER temoin AFTER UPDATE ON courriel FOR EACH ROW EXECUTE FUNCTION temoigner()`);

  const begun = performance.now();
  await Promise.all(servers.map((server) => server.start()));
  const left = () => base.rows("SELECT count(*) AS n FROM courriel WHERE etat = 'queued' AND verrouille_jusqu IS NULL")[0].n;
  for (let kill = 1; kill <= size.kills; kill += 1) {
    const from = puits.letters.length;
    const share = size.mails / (size.kills + 2);
    const until = performance.now() + 120_000;
    while (puits.letters.length < Math.min(from + share * Math.random() * 1.5, size.mails) && performance.now() < until) await wait(2);
    const server = servers[kill % 2];
    await server.kill();
    // Makes that fault on purpose: the dead server's leases are given again, and so are those that the other server
    // still has.
    if (size.sabotage === 'lease') base.run("UPDATE courriel SET verrouille_jusqu = NULL WHERE etat = 'queued' AND verrouille_jusqu IS NOT NULL");
    await server.start();
    console.log(`kill ${kill}/${size.kills}: ${puits.letters.length} letters`);
  }
  for (let second = 0; second < 600 && left() > 0; second += 1) await wait(500);
  // The living server sends its mails within seconds. The leases left after that are the dead server's.
  await wait(5_000);
  // The leases of the dead server end by themselves, five minutes later. The trial shortens them instead of waiting.
  base.run(`ALTER TABLE courriel DISABLE TRIGGER temoin;
    UPDATE temoin SET fin = fin - 300000 WHERE courriel_id IN (SELECT id FROM courriel WHERE etat = 'queued');
    UPDATE courriel SET verrouille_jusqu = verrouille_jusqu - 300000 WHERE etat = 'queued';
    ALTER TABLE courriel ENABLE TRIGGER temoin`);
  const queued = () => base.rows("SELECT count(*) AS n FROM courriel WHERE etat = 'queued'")[0].n;
  for (let second = 0; second < 60 && queued() > 0; second += 1) await wait(1_000);
  const seconds = (performance.now() - begun) / 1000;

  const states = base.rows('SELECT etat, count(*) AS n FROM courriel GROUP BY etat');
  exige(states.length === 1 && states[0].etat === 'sent', `mails are left: ${JSON.stringify(states)}`);
  const { again, seen } = duplicates(puits.letters, rejette);
  exige(seen.size === states[0].n, `${states[0].n} mails were due and ${seen.size} came`);
  const both = base.rows(`SELECT count(*) AS n FROM temoin une JOIN temoin autre ON autre.courriel_id = une.courriel_id
    WHERE autre.id > une.id AND autre.le < une.fin`)[0].n;
  exige(both === 0, `${both} mails were leased while another server held them`);
  exige(again <= SIDE_BY_SIDE * size.kills, `${again} mails went twice, more than ${size.kills} kills explain`);
  const twice = base.rows('SELECT count(*) AS n FROM courriel WHERE essais > 1')[0].n;
  exige(again <= twice, `${again} mails went twice and ${twice} were tried twice`);
  console.log(`${seen.size} mails by two servers in ${seconds.toFixed(0)} s, ${size.kills} kills: none held by both, ${again} doubles (${twice} tried again)`);
});
