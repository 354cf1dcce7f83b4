// A PostgreSQL of one's own, in a temporary folder, as the tests of the server start theirs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function startPostgres(port) {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  const bin = path.join('/usr/lib/postgresql', versions[0], 'bin');
  const folder = mkdtempSync(path.join(tmpdir(), 'iel-pg-'));
  // PostgreSQL refuses to run as root.
  const root = process.getuid() === 0;
  if (root) execFileSync('chown', ['postgres', folder]);
  const run = (program, ...args) => {
    const command = [path.join(bin, program), ...args];
    const [file, ...rest] = root ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(file, rest, { stdio: 'ignore' });
  };
  run('initdb', '-D', `${folder}/data`, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8');
  const start = () =>
    run('pg_ctl', '-w', '-D', `${folder}/data`, '-l', `${folder}/log`, '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=256MB`, 'start');
  start();
  return {
    create: (name) => {
      run('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    analyze: (name) => run('vacuumdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-z', '-q', name),
    /** Away, as after a crash of its machine, and back. */
    halt: () => run('pg_ctl', '-w', '-D', `${folder}/data`, '-m', 'immediate', 'stop'),
    resume: start,
    stop: () => {
      run('pg_ctl', '-D', `${folder}/data`, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
