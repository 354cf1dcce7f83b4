// How a trial ends: one sentence and an exit code.

export class Rouge extends Error {}

/** The promise does not hold. */
export function rejette(sentence) {
  throw new Rouge(sentence);
}

export function exige(holds, sentence) {
  if (!holds) rejette(sentence);
}

/** Runs a trial; `after` cleans up however it went. */
export async function trial(name, run) {
  const begun = performance.now();
  const after = [];
  try {
    await run((clean) => after.unshift(clean));
    console.log(`GREEN ${name} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
  } catch (error) {
    if (!(error instanceof Rouge)) console.error(error);
    console.error(`RED ${name}: ${error.message}`);
    process.exitCode = 1;
  } finally {
    for (const clean of after) await (async () => clean())().catch((error) => console.error(error.message));
    // A crowd may still be waiting for a server that is gone.
    process.exit();
  }
}

/** `--name=value` of the command line, over the defaults, whose types it keeps. */
export function sizes(defaults) {
  const given = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')));
  for (const [name, value] of Object.entries(given)) {
    if (!(name in defaults)) {
      console.error(`unknown size ${name}; there are: ${Object.keys(defaults).join(', ')}`);
      process.exit(2);
    }
    given[name] = typeof defaults[name] === 'number' ? Number(value) : value;
  }
  return { ...defaults, ...given };
}
