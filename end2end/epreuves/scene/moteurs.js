// The two engines, and a witness that reads them without the program.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../mesures/postgres.js';
import { freePort } from '../../serveur.js';

const room = { encoding: 'utf8', maxBuffer: 1 << 30 };

export function rowsOfSqlite(file, sql) {
  const out = execFileSync('sqlite3', ['-json', '-cmd', '.timeout 10000', file, sql], room);
  return out ? JSON.parse(out) : [];
}

export function rowsOfPostgres(url, sql) {
  const query = `SELECT coalesce(json_agg(une), '[]') FROM (${sql}) une`;
  return JSON.parse(execFileSync('psql', ['-X', '-q', '-A', '-t', '-d', url, '-c', query], room));
}

/** `rows(sql)` asks the engine itself, `run(sql)` changes it; `file` is SQLite's, `cluster` PostgreSQL's. */
export async function engine(name, clean) {
  const folder = mkdtempSync(path.join(tmpdir(), `iel-epreuve-${name}-`));
  clean(() => process.exitCode || rmSync(folder, { recursive: true, force: true }));
  if (name === 'sqlite') {
    const file = path.join(folder, 'iel.db');
    const run = (sql) => execFileSync('sqlite3', ['-bail', '-cmd', '.timeout 10000', file, sql], room);
    return { name, folder, file, url: `sqlite://${file}`, rows: (sql) => rowsOfSqlite(file, sql), run };
  }
  const cluster = startPostgres(await freePort());
  clean(() => cluster.stop());
  const url = cluster.create('iel');
  const run = (sql) => execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql], room);
  return { name, folder, cluster, url, rows: (sql) => rowsOfPostgres(url, sql), run };
}
