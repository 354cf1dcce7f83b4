// A crowd that signs up without end, and remembers what it was told.
import { gestionnaire, validate } from './equipe.js';
import { Formulaires, Refus, acknowledged, activate, fill, send } from './inscriptions.js';
import { wait } from './programme.js';
import { rejette } from './verdict.js';
import { Visiteur, connections } from './visiteur.js';

/** One sign-up in so many looks at every page. One in so many is activated, and one in so many of these is decided. */
const EVERY_PAGE = 20;
const ACTIVATED = 8;
const DECIDED = 2;

export class Foule {
  constructor(programme, puits, clients) {
    Object.assign(this, { programme, puits, clients, ledger: new Map(), forms: new Formulaires() });
    Object.assign(this, { serial: 0, cut: 0, again: 0, over: false, up: Promise.resolve(), down: false, read: 0 });
    this.links = [];
    this.waiting = new Map();
    this.agent = connections(clients + 1);
  }

  async begin() {
    this.camille = await gestionnaire(this.programme, this.agent);
    this.tasks = Array.from({ length: this.clients }, (_, at) => this.client(at));
    // A client that meets a fault ends the trial at once.
    this.broken = new Promise((_, reject) => this.tasks.forEach((task) => task.catch(reject)));
    this.broken.catch(() => {});
  }

  /** Waits until so many were acknowledged; fails when `seconds` go by without any. */
  async reach(many, seconds) {
    let last = this.ledger.size;
    let since = performance.now();
    while (this.ledger.size < many) {
      await Promise.race([wait(5), this.broken]);
      if (this.ledger.size > last) [last, since] = [this.ledger.size, performance.now()];
      if (performance.now() - since > seconds * 1000) rejette(`nobody was signed up for ${seconds} s`);
    }
  }

  /** From here until `resume`, a lost connection is no fault. */
  interrupted() {
    this.down = true;
    this.up = new Promise((resolve) => (this.resumed = resolve));
  }

  resume() {
    this.down = false;
    this.resumed();
  }

  async end() {
    this.over = true;
    await Promise.all(this.tasks);
  }

  said() {
    const count = (what) => [...this.ledger.values()].filter((known) => known[what]).length;
    return `${this.ledger.size} acknowledged, ${count('activated')} activated, ${count('decided')} decided, ${this.cut} cut short`;
  }

  async client(at) {
    for (let turn = at; !this.over; turn += 1) {
      await this.through(() => this.arrive(turn % EVERY_PAGE === 0));
      if (turn % ACTIVATED === 0) await this.through(() => this.follow(turn % (ACTIVATED * DECIDED) === 0));
    }
  }

  /** Runs a step, and gives it up if the kill cut it short. */
  async through(step) {
    const killed = this.programme.starts;
    try {
      await step();
    } catch (error) {
      const expected = this.down || killed !== this.programme.starts;
      if (!expected || error instanceof Refus) throw error;
      this.cut += 1;
    }
    await this.up;
  }

  async arrive(everyPage) {
    const courriel = `p${(this.serial += 1)}@exemple.example`;
    const visiteur = new Visiteur(this.programme.url, this.agent);
    await fill(visiteur, this.forms, courriel, everyPage);
    let reference = null;
    try {
      await send(visiteur, this.forms, everyPage);
      // This address leads to « Votre demande est enregistrée »: the request counts from here, even if the page never
      // comes.
      reference = await acknowledged(visiteur);
    } catch (error) {
      if (!this.down || error instanceof Refus) throw error;
      // A person who saw no answer tries again.
      await this.up;
      this.again += 1;
      reference = await acknowledged(visiteur);
      if (!reference) {
        await send(visiteur, this.forms);
        reference = await acknowledged(visiteur);
      }
    }
    if (!reference) rejette(`${courriel} was sent on to the page that acknowledges, and it does not`);
    this.ledger.set(reference, { courriel });
    this.waiting.set(courriel, reference);
  }

  /** Activates a person whose mail has come, and perhaps has the request decided. */
  async follow(decided) {
    for (; this.read < this.puits.letters.length; this.read += 1) {
      const { to, link } = this.puits.letters[this.read];
      if (link?.includes('/activation/')) this.links.push([to, link]);
    }
    const [to, link] = this.links.pop() ?? [];
    const reference = this.waiting.get(to);
    if (!reference) return;
    this.waiting.delete(to);
    const known = this.ledger.get(reference);
    await activate(new Visiteur(this.programme.url, this.agent), this.forms, link);
    known.activated = true;
    if (decided && (await validate(this.camille, reference))) known.decided = true;
  }
}
