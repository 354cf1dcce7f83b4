// A mailbox for every address: a real SMTP server, and an HTTP door for the tests to read it.
import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export async function startMailbox() {
  const mails = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, connexion, done) {
      const to = connexion.envelope.rcptTo.map(({ address }) => address);
      simpleParser(stream).then(
        ({ subject, text, html, messageId }) => {
          mails.push({ to, subject, text, html, messageId });
          done();
        },
        (error) => done(error),
      );
    },
  });
  await new Promise((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const http = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(mails));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    smtpPort: smtp.server.address().port,
    url: `http://127.0.0.1:${http.address().port}`,
    stop: async () => {
      await new Promise((resolve) => smtp.close(resolve));
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Waits for a mail to `address` whose subject matches, the newest first. */
export async function mailTo(address, subject, seconds = 20) {
  for (let attempt = 0; attempt < seconds * 5; attempt += 1) {
    const mails = await (await fetch(process.env.E2E_MAILBOX)).json();
    const found = mails.filter((mail) => mail.to.includes(address) && subject.test(mail.subject)).at(-1);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${address} with ${subject}`);
}

/** The one link of a mail, which stands alone on its line. */
export function linkOf(mail) {
  const links = mail.text.split('\n').map((line) => line.trim()).filter((line) => /^https?:\/\/\S+$/.test(line));
  if (links.length !== 1) throw new Error(`${links.length} links in: ${mail.text}`);
  return links[0];
}
