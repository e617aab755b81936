import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { judgeIntention } from '#disclosure';
import { personTesting } from '#person';
import { preparationOf } from '../prepare-session/preparation.js';
import type { PreparedCase, PreparedSession } from '../prepare-session/prepared.js';
import type { HeardCase, HeldSession } from '../session-record/held.js';
import { aTeam, factsOn, HELD_ON, hearingOf, intendedOf, referred, SESSION, team } from '../testing.js';
import { agendaSheet } from './agenda-sheet.js';
import { closingRecord } from './closing-record.js';
import { frenchDay } from './page.js';

const { described, henri, id, SOCIAL_WORKER } = personTesting;
const EVIL = '<img src=x onerror="alert(1)"> & \'co\'';
const { commission, name, kind, purpose, regime } = team;
const head = { commission, name, kind, purpose, regime, session: SESSION, on: HELD_ON };
const member = { mandate: SOCIAL_WORKER, name: EVIL, function: EVIL, institutionName: EVIL };

function prepared(overrides: Partial<PreparedCase> = {}): PreparedSession {
  const person = henri(described(), referred());
  const hearing = hearingOf(person, aTeam());
  const { assessment } = judgeIntention(person, intendedOf(hearing), factsOn(hearing));
  const one: PreparedCase = {
    case: id('Case', 1),
    person: id('Person', 1),
    personName: EVIL,
    question: EVIL,
    whyCollective: EVIL,
    reporter: member,
    report: { author: member, date: HELD_ON, diagnosisSources: EVIL, criteria: EVIL, knownToPerson: false },
    items: [{ item: id('Item', 1), label: EVIL, category: 'functional-impact' }],
    expected: [member],
    preparation: preparationOf(assessment),
    assessment,
    ...overrides,
  };
  return { ...head, name: EVIL, agenda: [one] };
}

function held(overrides: Partial<HeldSession> = {}, heard: Partial<HeardCase> = {}): HeldSession {
  const one: HeardCase = {
    case: id('Case', 1),
    person: id('Person', 1),
    personName: EVIL,
    question: EVIL,
    reporter: member,
    present: [member],
    guests: [member],
    tabled: [{ member, items: [{ item: id('Item', 1), label: 'risque de chute', category: null }] }],
    conclusions: [
      { kind: 'opinion', label: EVIL, levers: EVIL, accompaniment: EVIL, cooperation: EVIL, on: HELD_ON },
    ],
    toAttest: [{ member, items: [] }],
    ...heard,
  };
  return { ...head, name: EVIL, closedAt: HELD_ON, attestBy: '2026-02-21', agenda: [one], ...overrides };
}

const catalogue = loadCatalogue();
const PAGES = [
  ['the agenda sheet', agendaSheet(prepared(), catalogue)],
  ['the closing record', closingRecord(held(), catalogue)],
] as const;

describe.each(PAGES)('%s', (_, page) => {
  test('escapes everything that people wrote', () => {
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;');
  });

  test('runs no script and fetches nothing', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|<img|\bon\w+="|javascript:|url\(|@import|https?:/i);
  });

  test('is French, has one heading of the first rank, and landmarks', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    for (const landmark of ['<header>', '<main>', '<footer>']) expect(page).toContain(landmark);
    expect(page.replaceAll(/<style>.*<\/style>/gs, '')).not.toMatch(/<h[456]/);
  });

  test('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, slash, tag] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (tag === 'meta') continue;
      if (slash) expect(open.pop()).toBe(tag);
      else open.push(tag!);
    }
    expect(open).toEqual([]);
  });

  test('has a title that tells nothing of anybody, and no abuse of language', () => {
    expect(page).toMatch(/<title>(Feuille de séance|Relevé de conclusions)<\/title>/);
    expect(page.toLowerCase()).not.toContain(['secret', 'partagé'].join(' '));
  });
});

describe('the agenda sheet', () => {
  const sheet = agendaSheet(prepared(), catalogue);

  test('says what is missing, whom to inform, and with whom it cannot be shared', () => {
    for (const text of [
      'Informer la personne avant la séance',
      'Ne peut pas être partagé avec',
      'Ce qui reste à faire',
      'Bloquant',
      '4.\u00A0Information et accord',
      'Évaluation du handicap',
      '20\u00A0février\u00A02026',
    ])
      expect(sheet).toContain(text);
  });

  test('says when nothing is there to be said', () => {
    expect(agendaSheet({ ...prepared(), agenda: [] }, catalogue)).toContain('Aucune situation');
    const empty = { report: null, expected: [], preparation: null, assessment: null };
    const page = agendaSheet(prepared(empty), catalogue);
    expect(page).toContain('Manquant');
    expect(page).toContain('Aucun membre ne siège');
  });
});

describe('a text that nobody read', () => {
  const MEMORY = 'Noté de mémoire : non vérifié.';

  test('says so on both sheets, where it is cited', () => {
    const regime = 'cc-1984-on-behalf' as never;
    expect(agendaSheet({ ...prepared(), regime }, catalogue)).toContain(MEMORY);
    const record = closingRecord({ ...held(), agenda: [], regime }, catalogue);
    expect(record).toContain(MEMORY);
    expect(record).toContain('articles 226-21 et 226-22). Connu par des commentaires');
  });

  test('says so beside what is missing and what bars', () => {
    const caution = { fr: MEMORY, en: 'Noted from memory: not verified.' };
    const { preparation } = prepared().agenda[0]!;
    const missing = preparation!.missing.map((gap) => ({ ...gap, caution }));
    const barred = preparation!.barred.map((one) => ({ ...one, cautions: [caution] }));
    const page = agendaSheet(prepared({ preparation: { ...preparation!, missing, barred } }), catalogue);
    expect(page.split(MEMORY).length - 1).toBeGreaterThanOrEqual(missing.length + barred.length);
  });
});

describe('the closing record', () => {
  test('keeps the conclusions and who has still to attest, never the labels of what was heard', () => {
    const record = closingRecord(held(), catalogue);
    expect(record).toContain('Leviers d’action');
    expect(record).toContain('Destruction à attester avant la fin du 21\u00A0février\u00A02026');
    expect(record).not.toContain('risque de chute');
  });

  test('says when nothing is there to be said', () => {
    const open = held(
      { closedAt: null, attestBy: null },
      { present: [], guests: [], conclusions: [], toAttest: [] },
    );
    const page = closingRecord(open, catalogue);
    expect(page).toContain('La séance n’est pas close.');
    expect(page).toContain('Aucun avis ni décision');
    expect(page).not.toContain('attester');
    expect(closingRecord(held({}, { toAttest: [] }), catalogue)).toContain('Aucune attestation');
    expect(closingRecord(held({ agenda: [] }), catalogue)).toContain('Aucune situation');
  });
});

test('a day is written as the French do', () => {
  const civil = (date: string) => ({ date, zone: 'Europe/Paris', precision: 'day' }) as const;
  expect([frenchDay(civil('2026-05-01')), frenchDay(civil('2026-12-31'))]).toEqual([
    '1er\u00A0mai\u00A02026',
    '31\u00A0décembre\u00A02026',
  ]);
});
