import { Command } from 'commander';
import { verifyCheckpoint } from './checkpoint.js';
import { verifyProof, verifyReceipt } from './files.js';
import { verifyLedger } from './ledger.js';

const POLICY = ['--policy <file>', 'whom to trust: log, witnesses, quorum (c2sp.org/tlog-policy)'] as const;
const KEY = ['--key <key>', 'the log’s verifier key alone, where no witness is asked for'] as const;
const CALLER = ['--caller <caller>', 'who asks, where FILE is an address'] as const;

/** `sillage verify …`. Ends with 0: all is well; 1: something is wrong; 2: it cannot be read. */
export function verifyCommand(): Command {
  const verify = new Command('verify')
    .description(
      'Check what the ledger gave out, or the ledger itself. Ends with 0: well, 1: wrong, 2: unreadable.',
    )
    .exitOverride((error) => {
      if (error.exitCode !== 0) error.exitCode = 2;
      throw error;
    });
  verify
    .command('receipt <file>')
    .description('Check that an event is in the log (a file, or an address).')
    .option(...POLICY)
    .option(...KEY)
    .option(...CALLER)
    .option(
      '--log <source>',
      'the log as it is now (its address, or a file of /v1/log/keys): what became of the event',
    )
    .action(verifyReceipt);
  verify
    .command('proof <file>')
    .description('Check everything about one person (a file, or an address).')
    .option(...POLICY)
    .option(...KEY)
    .option(...CALLER)
    .option('--person <id>', 'whose it is; left out: whom the file names')
    .option('--saved <file>', 'what the last check kept; written again when this one is well')
    .action(verifyProof);
  verify
    .command('checkpoint')
    .description('Check that the log only grew since the checkpoint that you kept.')
    .option(...POLICY)
    .option(...KEY)
    .requiredOption('--saved <file>', 'the checkpoint that you kept; written again when all is well')
    .option('--url <url>', 'the log as it is now')
    .action(verifyCheckpoint);
  verify
    .command('ledger')
    .description('Replay the log and compare every row of a ledger with it.')
    .requiredOption('--data-dir <folder>', 'the ledger’s folder')
    .option(...POLICY)
    .option(...KEY)
    .option('--saved <file>', 'a checkpoint that somebody kept')
    .action(verifyLedger);
  return verify;
}
