import type { Words } from './words.js';

export const ENGLISH_WORDS: Words = {
  title: 'Verify a file of the ledger',
  intro:
    'You were handed a receipt, or the file of everything the ledger holds about you. This page checks that nothing in it was changed, removed or hidden.',
  offline:
    'Everything happens on your device. This page sends nothing and needs no Internet: you can save it, go offline, and open it then.',
  save: 'Save this page',
  language: 'Language',
  fileStep: '1. The file to verify',
  file: 'Your file',
  fileHint: 'The receipt or the proof file. Its name often ends in “.json”.',
  trustStep: '2. The keys that you trust',
  trustHint:
    'They say which signatures count. Ask somebody other than the institution that you check: a witness, an association, a supervisory authority.',
  trustFile: 'File of keys',
  trustText: 'Or paste the keys here',
  earlierStep: '3. To go further (optional)',
  saved: 'Your earlier check',
  savedHint:
    'The file that you kept last time: it shows whether the log was rewritten since. For an old receipt: the state of the log as it is now (/v1/log/keys).',
  person: 'Number of the person',
  personHint: 'If you know it: the file of somebody else is then refused.',
  verify: 'Verify',
  working: 'Verifying…',
  missing: {
    file: 'First choose the file to verify.',
    trust: 'Choose the file of keys, or paste the keys: nothing can be verified without.',
  },
  unreadable: {
    file: 'This file cannot be read',
    trust: 'The keys cannot be read',
    saved: 'Your earlier check cannot be read',
  },
  result: 'Result',
  verdicts: {
    complete: {
      word: 'Complete',
      means:
        'Nothing was altered and nothing is hidden. A witness that recomputes the whole log vouches for it.',
    },
    unaltered: {
      word: 'Unaltered',
      means:
        'What this file shows is what was logged. But no witness that recomputes the whole log vouches that it is all.',
    },
    receipt: {
      word: 'Unaltered',
      means:
        'The event of this receipt is the one that was logged. A receipt says nothing about other events.',
    },
    sinceLoss: {
      word: 'Unaltered, after a loss',
      means:
        'What this file shows is what was logged. But the log declares that a part of it was lost: for the time before, nobody can say that this is all.',
    },
    failed: { word: 'Failed', means: 'Do not rely on this file: at least one check failed.' },
    unreadable: { word: 'Unreadable', means: 'Nothing was verified.' },
  },
  whatNow:
    'What now? Keep this file as it is and ask the institution for a new one. If the new one fails too, show both to somebody you trust or to the supervisory authority (in France the CNIL).',
  limits: [
    'Some information may be withheld to protect a person.',
    'A ledger does not see exchanges that nobody noted.',
    'The result is worth as much as the keys: they must be the right ones.',
  ],
  limitsTitle: 'What this check cannot see',
  wrong: 'What is wrong',
  notable: 'Good to know',
  general: 'The log',
  streams: {
    person: 'Your record',
    access: 'Who looked at your record',
    deferral: 'Information handed to you later',
  },
  marks: { passed: 'Passed', failed: 'Failed', warned: 'Note', skipped: 'Not needed' },
  checks: {
    receipt: 'Receipt',
    person: 'Person',
    checkpoint: 'Signature of the log',
    witnesses: 'Witnesses',
    replay: 'Witness that recomputes everything',
    freshness: 'Date of the signatures',
    'earlier-checkpoint': 'Continues your earlier check',
    loss: 'Declared losses',
    'map-entry': 'Map of the log',
    neighbours: 'Map entries that give the dates',
    streams: 'Your records',
    bucket: 'Place in the map',
    events: 'Number of events',
    chain: 'Order of the events',
    inclusion: 'Presence in the log',
    openings: 'Content, word for word',
    'earlier-events': 'Events checked before',
    'recorded-times': 'Dates of the events',
    'logged-promptly': 'Time until logged',
  },
  allChecks: 'All checks',
  keep: 'Keep this check',
  keepHint: 'Give this small file next time: it shows whether the log was rewritten in between.',
  keepName: 'verification.json',
  contents: (n) => `What the file says (${n} ${n === 1 ? 'event' : 'events'})`,
  contentsHint: 'Word for word. Events are counted from 0; times are those of Paris.',
  unproved: 'The file failed: what follows is not proved.',
  event: 'Event',
};
