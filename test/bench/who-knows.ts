import { join } from 'node:path';
import { accept, asCode, asId, type CivilDate } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import { KnowledgeProjector } from '#knowledge';
import { personFold, personStream, type PersonEvent, type PersonId } from '#person';
import { AS_KNOWN, AS_VALID, ReadModels } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { addDays, civilDate, endMs, epochMs, systemClock } from '#time';
import { median, type Metric } from './measure.js';

const DISCLOSURES = 200;
const QUESTIONS = 500;
const PERSON = asId<'Person'>('00000000-0000-4000-8000-000000000001');

/** One person with 200 disclosures: the question now, and at a random past date pair, rows only. */
export async function whoKnowsBench(folder: string): Promise<readonly Metric[]> {
  const store = SqliteEventStore.open(join(folder, 'who-knows.db'));
  const keys = SqliteKeyStore.open(join(folder, 'who-knows-keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'who-knows.key')));
  const ledger = new Ledger(store, sealing, systemClock);
  await ledger.decide(personStream(PERSON), personFold, context(), () => accept(...history(PERSON)));
  const models = await ReadModels.open(folder, ledger, sealing, () => new KnowledgeProjector(ledger));
  const nowMs = epochMs(systemClock.now());
  const ask = (validMs: number, knownMs: number) => {
    const startMs = performance.now();
    models.store.all(`SELECT * FROM knowledge WHERE person = :person AND ${AS_VALID} AND ${AS_KNOWN}`, {
      person: PERSON,
      valid: validMs,
      known: knownMs,
    });
    return performance.now() - startMs;
  };
  const now = Array.from({ length: QUESTIONS }, () => ask(nowMs, nowMs));
  const past = Array.from({ length: QUESTIONS }, (_, i) => ask(endMs(day(i % DISCLOSURES)), nowMs));
  await models.close();
  await store.close();
  await keys.close();
  const ratio = median(past) / median(now);
  const p99 = [...now].sort((a, b) => a - b)[Math.floor(QUESTIONS * 0.99)]!;
  return [
    figure(
      'who-knows-p99',
      p99,
      'ms, p99',
      'goal 5 ms, in a ledger of one person',
      p99 / 5,
      '≤ 5 ms',
      p99 <= 5,
    ),
    figure('who-knows-past', median(past), 'ms, median', 'the same question now', ratio, '≤ 2×', ratio <= 2),
  ];
}

function figure(
  name: string,
  value: number,
  unit: string,
  against: string,
  ratio: number,
  goal: string,
  reached: boolean,
): Metric {
  const round = (n: number) => Math.round(n * 1000) / 1000;
  return { name, value: round(value), unit, against, ratio: round(ratio), goal, reached };
}

function day(n: number): CivilDate {
  return addDays(civilDate('2026-01-01'), n % 300);
}

function history(person: PersonId): PersonEvent[] {
  const purpose = asCode<'Purpose'>('care-coordination');
  const holder = (n: number) => ({
    kind: 'mandate' as const,
    mandate: asId<'Mandate'>(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
    institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
  });
  const item = asId<'Item'>('00000000-0000-4000-8000-000000000002');
  const names = { givenName: 'Henri', familyName: 'Lambert', distinctFrom: [] };
  const described = {
    item,
    category: asCode<'Category'>('housing'),
    label: 'x',
    secretBy: [],
    keptFromParents: false,
  };
  const holding = { holder: holder(0), purpose, source: { kind: 'observation' as const } };
  const disclosures = Array.from({ length: DISCLOSURES }, (_, n): PersonEvent => ({
    type: 'DisclosureRecorded',
    data: {
      disclosure: asId<'Disclosure'>(`00000000-0000-4000-9000-${String(n).padStart(12, '0')}`),
      discloser: holder(n % 20),
      items: [{ item }],
      recipients: [holder(n + 1)],
      purpose,
      basis: { consents: [], restsOn: 'provision' },
      frame: 'exchange',
      channel: 'oral',
      onward: [],
      cites: [],
    },
    effectiveAt: day(n),
  }));
  return [
    { type: 'PersonRegistered', data: { person, ...names } },
    { type: 'InformationDescribed', data: { ...described, holding }, effectiveAt: day(0) },
    ...disclosures,
  ];
}

function context() {
  return {
    actor: { kind: 'client' as const, id: 'bench' },
    commandId: asId<'Command'>('00000000-0000-8000-8000-000000000001'),
    digest: 'bench',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
  };
}
