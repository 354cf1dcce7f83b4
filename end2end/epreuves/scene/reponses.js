// Checks that every answer must pass, whatever was asked.
import { Parser } from 'htmlparser2';
import { MARK } from './hostile.js';
import { exige } from './verdict.js';

const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** Fails when a mark is a tag, an attribute or a word of a script: a sent value is then part of the page. */
function harmless(html) {
  let script = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      script = name === 'script';
      const parts = [name, ...Object.keys(attributes)];
      exige(!parts.some((part) => part.includes(MARK)), `the page holds the tag <${parts.join(' ')}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        const runs = attribute.startsWith('on') || /^\s*(javascript|data):/i.test(value);
        exige(!(runs && value.includes(MARK)), `the page holds ${attribute}="${value}"`);
      }
    },
    onclosetag() {
      script = false;
    },
    ontext(text) {
      if (script) exige(!text.replace(STRINGS, '').includes(MARK), 'what was sent is a word of a script');
    },
  });
  parser.end(html);
}

/** Whether a cookie notes the page that was asked for, as the address bar has it, for after the login. */
function notes(cookie, target) {
  const [pair, ...attributes] = cookie.split('; ');
  return pair === `iel_retour=${target}` && attributes.join() === 'Path=/,HttpOnly,SameSite=Lax,Max-Age=900';
}

/** Cookies of random or sealed letters: the mark may be among them by chance. */
const DRAWN = /^iel_(session|brouillon|saisie\d)=[\w+/=-]{40,}; Path=\/; HttpOnly; SameSite=Lax(; Max-Age=\d+)?$/;

/**
 * Fails on the first thing wrong. `big`: the request was refused before it was whole, and its answer may be lost. `target` is
 * the page that was asked for.
 */
export function check({ status, headers, one, body }, big, target) {
  exige(status !== 0 || big, 'the connection ended without an answer');
  exige(status < 500, `status ${status}`);
  for (const [name, value] of headers) {
    exige(!name.includes(MARK), `a header ${name} was set by what was sent`);
    const set = name === 'set-cookie' && value.includes(MARK) && !notes(value, target) && !DRAWN.test(value);
    exige(!set, `a cookie was set by what was sent: ${value}`);
  }
  const to = one('location') ?? '';
  exige(!to.includes('erreur=indisponible'), `the form is answered « momentanément indisponible »: ${to}`);
  if (body.includes(MARK) && (one('content-type') ?? '').includes('html')) harmless(body);
}

const PAGE = `/page?q=${MARK}`;

/** Fails unless `check` finds each fault that it looks for, and accepts a right answer. */
export function proven() {
  const answer = (html, headers = [], status = 200) => {
    const all = [['content-type', 'text/html'], ...headers];
    return { status, headers: all, one: (name) => all.find(([known]) => known === name)?.[1], body: html };
  };
  const wrong = [
    answer('', [], 500),
    answer('', [], 0),
    answer('', [[`x-${MARK}`, '1']]),
    answer('', [['set-cookie', `${MARK}=1`]]),
    answer('', [['set-cookie', `iel_retour=/${MARK}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900`]]),
    answer('', [['set-cookie', `iel_saisie0=${'a'.repeat(40)}${MARK}"; Path=/; HttpOnly; SameSite=Lax`]]),
    answer('', [['set-cookie', `iel_retour=${PAGE}; Path=/${MARK}; HttpOnly; SameSite=Lax; Max-Age=900`]]),
    answer('', [['location', '/?erreur=indisponible']], 302),
    answer(`<p>a<${MARK}></p>`),
    answer(`<input value="a" ${MARK}a="">`),
    answer(`<a href="javascript:${MARK}()">a</a>`),
    answer(`<p onclick="${MARK}()">a</p>`),
    answer(`<script>a = "";${MARK}()//"</script>`),
  ];
  for (const each of wrong) {
    const found = (() => {
      try {
        check(each, false, PAGE);
        return false;
      } catch {
        return true;
      }
    })();
    exige(found, `nothing wrong is seen in ${JSON.stringify(each)}`);
  }
  check(answer(`<p title="&quot; ${MARK}a=">&lt;${MARK}&gt;</p><script>a = "\\";${MARK}()//"</script>`), false, PAGE);
  check(answer('', [['set-cookie', `iel_saisie0=${'a'.repeat(40)}${MARK}/+; Path=/; HttpOnly; SameSite=Lax; Max-Age=600`]]), false, PAGE);
  check(answer('', [['set-cookie', `iel_retour=${PAGE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900`]]), false, PAGE);
}
