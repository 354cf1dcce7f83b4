// Compares what the database and the mailbox hold with what people were told.
import { duplicates } from './puits.js';
import { exige, rejette } from './verdict.js';

function grouped(rows) {
  const groups = new Map();
  for (const { compte_id: compte, what } of rows) {
    const found = groups.get(compte) ?? {};
    found[what] = (found[what] ?? 0) + 1;
    groups.set(compte, found);
  }
  return groups;
}

/** How many mails one server sends side by side, new ones and retries. A kill can leave so many sent and not marked. */
export const SIDE_BY_SIDE = 12;

/**
 * Fails on the first thing that is missing; returns the findings in words. `most` is the number of doubles that kills
 * explain. Letters after `until` (Unix time in milliseconds) belong to a later database.
 */
export function audit(base, ledger, letters, most, until = Infinity) {
  const comptes = new Map(base.rows('SELECT id, reference, statut, courriel_cle FROM compte').map((row) => [row.reference, row]));
  const lines = grouped(base.rows('SELECT compte_id, action AS what FROM journal WHERE compte_id IS NOT NULL'));
  const mails = base.rows('SELECT genre AS what, compte_id, gestionnaire_id, etat, message_id FROM courriel');
  const toPersons = grouped(mails.filter((mail) => mail.gestionnaire_id === null));

  for (const [reference, { courriel, activated, decided }] of ledger) {
    const compte = comptes.get(reference);
    exige(compte, `${reference} was acknowledged and is not in the database`);
    exige(compte.courriel_cle === courriel, `${reference} is not the request of ${courriel}`);
    const line = lines.get(compte.id) ?? {};
    const mail = toPersons.get(compte.id) ?? {};
    exige(line.envoi === 1, `${reference} has ${line.envoi ?? 0} lines « envoi » in the journal`);
    exige(mail.activation === 1, `${reference} has ${mail.activation ?? 0} activation mails`);
    if (activated) {
      exige(compte.statut !== 'EnAttenteActivation', `${reference} was activated and waits for it again`);
      exige(line.activation === 1 && mail.recu === 1, `${reference} was activated without its line or its receipt`);
    }
    if (decided) {
      exige(compte.statut === 'Actif', `${reference} was validated and is ${compte.statut}`);
      exige(line.validation === 1 && mail.valide === 1, `${reference} was validated without its line or its mail`);
    }
  }
  // A request that nobody was told of is never half written, and never a person's second one.
  const told = new Set();
  for (const [reference, { id, courriel_cle: courriel }] of comptes) {
    exige(lines.get(id)?.envoi === 1 && toPersons.get(id)?.activation === 1, `${reference} is half written`);
    exige(!told.has(courriel), `${courriel} has two requests`);
    told.add(courriel);
  }

  const { again, seen } = duplicates(letters, rejette);
  const states = {};
  const known = new Set();
  for (const { etat, message_id: id, what } of mails) {
    known.add(id);
    states[etat] = (states[etat] ?? 0) + 1;
    exige(etat !== 'dead', `a mail (${what}) was given up`);
    exige(etat !== 'sent' || seen.has(id), `a mail (${what}) is said to have left and never came`);
  }
  for (const { id, at } of seen.values()) exige(at > until || known.has(id), `a mail came that the database does not know: ${id}`);
  exige(again <= most, `${again} mails came twice, more than kills explain (${most})`);
  const kinds = Object.entries(states).map(([etat, n]) => `${n} ${etat}`).join(', ');
  return `${comptes.size} requests, each with its line and its mail; mails: ${kinds}; ${letters.length} letters, ${again} of them doubles`;
}
