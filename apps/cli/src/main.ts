#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { CliError } from './sentence.js';

/** Commands with options of their own, whose modules are read when they are asked for. */
const GROUPS: readonly (readonly [name: string, description: string, load: () => Promise<Command>])[] = [
  [
    'verify',
    'Check what the ledger gave out, or the ledger itself.',
    async () => (await import('./verify/command.js')).verifyCommand(),
  ],
  [
    'witness',
    'Run a witness of the log (c2sp.org/tlog-witness).',
    async () => (await import('./witness.js')).witnessCommand(),
  ],
  ['keys', 'Look after the keys.', async () => (await import('./keys.js')).keysCommand()],
];

/** Reads the module of a command when it is given: whoever asks for help waits for none of them. */
function lazily<Args extends unknown[]>(load: () => Promise<(...args: Args) => unknown>) {
  return async (...args: Args): Promise<void> => {
    await (
      await load()
    )(...args);
  };
}

const program = new Command('sillage')
  .description('A ledger of consent and disclosure: who knows what about a person, and by which path.')
  .showHelpAfterError(false)
  .exitOverride();

program
  .command('serve')
  .description('Start the server on SILLAGE_DATA_DIR.')
  .action(lazily(async () => (await import('./serve.js')).serve));
program
  .command('demo')
  .description('Play a story and show what the ledger answers.')
  .option('--stay', 'keep the server running afterwards (the default in a terminal)')
  .option('--no-stay', 'stop the server afterwards')
  .action(lazily(async () => (await import('./demo.js')).demo));
program
  .command('rebuild')
  .description('Make the read models anew from the ledger, beside the ones in use.')
  .action(lazily(async () => (await import('./rebuild.js')).rebuild));
program
  .command('export <question>')
  .description(
    'Write all answers of a question: who-knows, trail, timeline, consents, consultations, register, coverage.',
  )
  .option('--person <id>', 'about this person')
  .option('--institution <id>', 'of this institution (register)')
  .option('--caller <caller>', 'who asks, e.g. mandate:<id>', 'client:cli')
  .option('--format <format>', 'ndjson or csv', 'ndjson')
  .option('--valid-at <date>', 'as it was then')
  .option('--known-at <date>', 'as the ledger knew it then')
  .option('--item <id>', 'start of a trail')
  .option('--disclosure <id>', 'start of a trail')
  .option('--direction <direction>', 'forward or backward, for a trail')
  .option('--reason <code>', 'why you ask about a person, e.g. care; the person sees it')
  .option('--out <file>', 'write here instead of to the terminal')
  .action(lazily(async () => (await import('./export.js')).exportAnswers));
program
  .command('import <file>')
  .description(
    'Tell a running server what a .csv or .ndjson file says, line by line: persons, consents, reports.',
  )
  .option('--caller <caller>', 'who tells it, e.g. mandate:<id>; the same at every import', 'client:import')
  .option('--ids <file...>', 'the .ids.csv of earlier imports, to whose lines this file refers')
  .option('--dry-run', 'look at every line, send nothing')
  .action(lazily(async () => (await import('./import/import.js')).importFile));
program
  .command('backup <folder>')
  .description('Copy the ledger, and its keys to another place, while the server runs.')
  .requiredOption('--keys <folder>', 'where the keys go: never beside the ledger')
  .action(lazily(async () => (await import('./backup.js')).backup));
program
  .command('snapshot <folder>')
  .description(
    'Copy what a running node has made from the ledger, for another node on the cluster to begin with.',
  )
  .action(lazily(async () => (await import('./snapshot.js')).snapshot));
program
  .command('restore <folder>')
  .description('Put a backup into an empty SILLAGE_DATA_DIR and check that it can be read.')
  .requiredOption('--keys <folder>', 'the backup of the keys')
  .option(
    '--erased <source...>',
    'erasures that a replaying witness knows: <its address>/erased, or a file of that',
  )
  .action(lazily(async () => (await import('./restore.js')).restore));
program
  .command('erase')
  .description('End the requested erasure of a person, while the server is stopped.')
  .requiredOption('--person <id>', 'whose')
  .option('--scavenged', 'every node of the cluster was scavenged after the rows were removed')
  .action(lazily(async () => (await import('./erase.js')).erase));
program
  .command('declare-loss')
  .description(
    'Declare that the end of the log is lost for good, and go on under a new name, while the server is stopped.',
  )
  .requiredOption('--origin <name>', 'the name under which the log goes on')
  .option('--checkpoint <source>', 'the last checkpoint that the log has shown (a file, or an address)')
  .option('--kept <entries>', 'how many of the entries that are here are those that were shown')
  .option('--erased <source...>', 'erasures that a replaying witness knows, instead of asking it')
  .option('--confirm', 'do it: what is declared cannot be taken back')
  .action(lazily(async () => (await import('./declare-loss.js')).declareLoss));
for (const [name, description, load] of GROUPS)
  program.addCommand(process.argv[2] === name ? await load() : new Command(name).description(description));

program
  .command('migrate')
  .description(
    'Move the ledger between SILLAGE_DATA_DIR and KurrentDB, event by event; repeat it if it was cut off.',
  )
  .requiredOption('--to <place>', 'kurrentdb or file')
  .action(lazily(async () => (await import('./migrate.js')).migrate));

/** Errors whose message is a sentence for the operator. */
const SAID_PLAINLY = new Set([
  'CliError',
  'ConfigError',
  'FolderError',
  'KeyFileError',
  'KeyMissing',
  'KeysDiffer',
  'KeysUnavailable',
  'LedgerCut',
  'LedgersDiffer',
  'LogDamaged',
  'LossRefused',
  'RootKeyRefused',
  'OutcomeUnknown',
  'StorageFailed',
  'StoreBusy',
]);

// Whoever reads our output may stop reading (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = error instanceof CliError ? error.exitCode : 1;
  }
}

function sentenceOf(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'EADDRINUSE') return 'The port is taken by another program: stop it, or set PORT.';
  if (SAID_PLAINLY.has((error as Error).name)) return (error as Error).message;
  return process.env['SILLAGE_DEBUG']
    ? String((error as Error).stack)
    : `It failed: ${String((error as Error).message)}`;
}
