// A service formation by plain HTTP, and the agents it presents.
import { invited } from './equipe.js';
import { Refus } from './inscriptions.js';
import { action } from './visiteur.js';

const ACCUEIL = '/service-formation';

const onglets = (courriel) => [
  ['identite', { civilite: 'mme', nom: 'Ferrand-Éluard', nom_naissance: 'Éluard', prenom: 'Maëlle', date_naissance: '07/03/1980' }],
  ['coordonnees', { courriel, confirmation: courriel, mobile: '06 12 34 56 78', fixe: '' }],
  [
    'adresses',
    {
      pays: 'FR', voie: '12 rue des Lilas', complement: '', lieu_dit: '', code_postal: '31000', commune: 'Toulouse',
      pro_pays: 'FR', pro_voie: '1 place du Capitole', pro_complement: '', pro_lieu_dit: '', pro_code_postal: '31000', pro_commune: 'Toulouse',
    },
  ],
  ['interlocuteurs', { responsable_nom: 'Moreau', responsable_prenom: 'Léa', responsable_courriel: 'lea.moreau@toulouse.example' }],
  [
    'situation-professionnelle',
    { statut: 'titulaire', cadre_emplois: '87-1099', grade: '87-1099/attaché', fonction: 'Formatrice en finances locales', service: 'Direction des finances', siret: '', domaines: '' },
  ],
];

/**
 * The service formation of a commune, logged in, with a draft of its own: every tab is filled in, and nothing is
 * sent.
 */
export async function service(programme, agent, courriel, modele) {
  const visiteur = await invited(programme, agent, await programme.invite(courriel, 'service-formation', '--collectivite', 'COMMUNE:31555'));
  const begun = await visiteur.post(action((await visiteur.get(ACCUEIL)).html, 'Inscrire un agent'), {});
  const id = begun.location.match(/\/inscriptions\/([^/]+)\//)?.[1];
  if (!id) throw new Refus('« Inscrire un agent »', begun);
  const save = action((await visiteur.get(begun.location)).html, 'Suivant');
  const steps = onglets(modele);
  for (const [etape, champs] of steps) {
    const fields = Object.entries(champs).map(([name, value]) => [`champs[${name}]`, value]);
    const answer = await visiteur.post(save, { id, etape, vers: 'suivant', ...Object.fromEntries(fields) });
    if (!/\/[a-z-]+$/.test(answer.location)) throw new Refus(`the tab ${etape} of an agent`, answer);
  }
  return { visiteur, brouillon: id, present: (id) => visiteur.post(save, { id, etape: 'validation', vers: 'suivant' }) };
}

/** The page on which a service formation reads about one agent. */
export const agentPage = (reference) => `${ACCUEIL}/agents/${reference}/retirer`;
