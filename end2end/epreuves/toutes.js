// Every trial, one after the other: short ones for `make test`, or `long` ones for `make soak`, with their output.
//   node epreuves/toutes.js court|long
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { FIREFOX } from './scene/navigateurs.js';

const SHORT = [
  ['coupures', '--engine=sqlite', '--kills=3', '--signups=60'],
  ['coupures', '--engine=postgres', '--kills=3', '--signups=60'],
  ['synchronisation'],
  ['arret', '--rounds=1'],
  ['sauvegarde', '--engine=sqlite', '--signups=60'],
  ['sauvegarde', '--engine=postgres', '--signups=60'],
  ['panne', '--rounds=1'],
  ['disque', '--rounds=1'],
  ['partage', '--mails=300', '--kills=2'],
  // The seed is always the same: new random findings are for the long trials.
  ['entrees', '--engine=sqlite', '--requests=3000', '--seed=1'],
  ['reponses', '--engine=sqlite', '--samples=40'],
  ['reponses', '--engine=postgres', '--samples=40'],
  ['afflux'],
  ['politique', '--browser=chromium'],
  ['politique', '--browser=firefox'],
];
/** These trials mostly wait, so they run beside the others. */
const SHORT_BESIDE = [['relais', '--engine=sqlite'], ['lenteur']];

const LONG = [
  ['coupures', '--engine=sqlite', '--kills=200', '--signups=25000', '--settle=330'],
  ['coupures', '--engine=postgres', '--kills=200', '--signups=25000', '--settle=330'],
  ['synchronisation'],
  ['relais', '--engine=sqlite'],
  ['relais', '--engine=postgres'],
  ['arret', '--engine=sqlite', '--rounds=10'],
  ['arret', '--engine=postgres', '--rounds=10'],
  ['sauvegarde', '--engine=sqlite', '--signups=3000'],
  ['sauvegarde', '--engine=postgres', '--signups=3000'],
  ['panne', '--rounds=20'],
  ['disque', '--rounds=20'],
  ['partage', '--mails=10000', '--kills=20'],
  ['entrees', '--engine=sqlite', '--requests=100000'],
  ['entrees', '--engine=postgres', '--requests=100000'],
  ['reponses', '--engine=sqlite', '--samples=5000'],
  ['reponses', '--engine=postgres', '--samples=5000'],
  ['lenteur', '--sockets=1000', '--seconds=90'],
  ['afflux', '--logins=500', '--seconds=20', '--ratio=2'],
  ['politique', '--browser=chromium'],
  ['politique', '--browser=firefox'],
];

const long = process.argv[2] === 'long';
const firefox = existsSync(FIREFOX);
if (!firefox) console.log(`NOT RUN, there is no ${FIREFOX}: politique --browser=firefox`);

/** Runs one; returns its name when it is red. A short one speaks when it ends, a long one as it goes. */
function run([name, ...sizes]) {
  const file = path.join(import.meta.dirname, `${name}.js`);
  if (long) console.log(`== ${name} ${sizes.join(' ')}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...sizes], { stdio: ['ignore', long ? 'inherit' : 'pipe', long ? 'inherit' : 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (said += piece));
    child.once('close', (code) => {
      if (!long) process.stdout.write(code === 0 ? said.slice(said.lastIndexOf('GREEN')) : said);
      resolve(code === 0 ? null : [name, ...sizes].join(' '));
    });
  });
}

async function inTurn(trials) {
  const red = [];
  for (const trial of trials.filter((trial) => firefox || !trial.includes('--browser=firefox'))) red.push(await run(trial));
  return red;
}

const red = (await Promise.all(long ? [inTurn(LONG)] : [inTurn(SHORT), inTurn(SHORT_BESIDE)])).flat().filter(Boolean);
for (const trial of red) console.error(`RED: node end2end/epreuves/${trial.replace(' ', '.js ')}`);
process.exitCode = red.length > 0 ? 1 : 0;
