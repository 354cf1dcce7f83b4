// A browser without JavaScript, reduced to its requests. `from` is whom its proxy says it is.
import { Agent, request } from 'node:http';

/** The connections of one crowd. A connection that a killed server leaves behind is not used again. */
export const connections = (many) => new Agent({ keepAlive: true, maxSockets: many });

export class Visiteur {
  constructor(url, agent) {
    Object.assign(this, { url, agent, cookies: new Map() });
  }

  /** Status, headers, place to go next and text of an answer; rejects when the connection ends before it. */
  ask(method, path, body) {
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    if (this.cookies.size > 0) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (this.from) headers['x-forwarded-for'] = this.from;
    if (body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const asked = request(this.url + path, { method, headers, agent: this.agent, timeout: 40_000 }, (answer) => {
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('aborted', () => reject(new Error('cut')));
        answer.on('end', () => {
          for (const cookie of answer.headers['set-cookie'] ?? []) {
            const [name, ...value] = cookie.split(';')[0].split('=');
            this.cookies.set(name, value.join('='));
          }
          const { headers } = answer;
          resolve({ status: answer.statusCode, location: headers.location ?? '', headers, html: Buffer.concat(pieces).toString() });
        });
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer within 40 s')));
      asked.on('error', reject);
      asked.end(body);
    });
  }

  get(path) {
    return this.ask('GET', path);
  }

  post(path, fields) {
    return this.ask('POST', path, new URLSearchParams(fields).toString());
  }
}

/** The address of the form with this word on its button. */
export function action(html, button) {
  const forms = html.replaceAll('<!>', '').replaceAll('<!---->', '').split('<form ').slice(1);
  const form = forms.find((form) => form.split('</form>')[0].includes(`>${button}</button>`));
  return form?.match(/action="([^"]+)"/)?.[1];
}

/** The value of a hidden field. */
export const hidden = (html, name) => html.match(new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`))?.[1];
