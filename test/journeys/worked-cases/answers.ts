import { expect } from '@jest/globals';
import type { Assessment, CellResult, Duty, Explanation, PointResult, State, Verdict } from '#assessment';
import type { Body, Told, World } from '../harness.js';
import type { Case, Staged } from './cases.js';
import { stage } from './stage.js';

const WORDS: Readonly<Record<State, string>> = {
  'not-applicable': 'NA',
  ok: 'OK',
  document: 'DOC',
  warn: 'WARN',
  escalate: 'ESC',
  block: 'BLOCK',
};

/** As the legal page states a case: points that are not OK, P9 where it is not DOC, then the verdict. */
export function inWords({ points, verdict }: Pick<CellResult, 'points' | 'verdict'>): string {
  const listed = points
    .filter(({ point, state }) => state !== (point === 9 ? 'document' : 'ok'))
    .map(({ point, state }) => `P${point} ${WORDS[state]}`);
  const asked = verdict.toUpperCase();
  return listed.length === 0 ? asked : `${listed.join(', ')}: ${asked}`;
}

export interface Answered {
  readonly staged: Staged;
  readonly assessment: Assessment;
}

/** May I share this? */
export async function ask({ world, person, from, act }: Staged, changes: Body = {}): Promise<Assessment> {
  const told = await world.client.as(from.by).post(`${person.path}/assessments`, { ...act, ...changes });
  if (told.status !== 200) throw new Error(told.text);
  return told.body as unknown as Assessment;
}

/** The act itself, as far as the ledger lets it be recorded. */
export function record({ world, person, from, act }: Staged, changes: Body = {}): Promise<Told> {
  return world.client.as(from.by).post(`${person.path}/disclosures`, { ...act, ...changes });
}

/** Every item for every recipient: by item, or by item and recipient where there are several. */
export function cellsInWords({ staged, assessment }: Answered): Readonly<Record<string, string>> {
  const items = named(staged.items);
  const recipients = named(mapped(staged.to, ({ to }) => Object.values(to).join('/')));
  const several = Object.keys(recipients).length > 1;
  const name = ({ item, recipient }: CellResult) =>
    several ? `${items[item]} → ${recipients[recipientKey(recipient)]}` : items[item]!;
  return Object.fromEntries(assessment.cells.map((cell) => [name(cell), inWords(cell)]));
}

function recipientKey(recipient: CellResult['recipient']): string {
  const key = { ...recipient } as Record<string, string>;
  if (recipient.kind === 'mandate') delete key['institution'];
  return Object.values(key).join('/');
}

function mapped<A, B>(from: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, map(value)]));
}

function named(ids: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [id, name]));
}

export interface Fact {
  readonly type: string;
  readonly revision: number;
  readonly data: Body;
}

/** What the person's ledger holds, in the order in which it was written. */
export async function factsOf({ world, person }: Staged): Promise<readonly Fact[]> {
  const rows = await world.client.rows<Fact>(`${person.path}/timeline`, { limit: 500 });
  return rows.toSorted((a, b) => a.revision - b.revision);
}

const GROUP: Readonly<Record<Verdict, readonly string[]>> = {
  allow: ['DisclosureRecorded', 'DisclosureAssessed'],
  'allow-with-duties': ['DisclosureRecorded', 'DisclosureAssessed'],
  escalate: ['DisclosureEscalated'],
  deny: ['DisclosureRefused'],
};

/** Asked, then done: the ledger must do what it said, and hold what it did. */
export async function played(world: World, told: Case): Promise<Answered> {
  const staged = await stage(world, told);
  const assessment = await ask(staged);
  // What is tabled in a session is recorded there: see commission-session.spec.ts.
  if (staged.act['frame'] === 'commission-session') return { staged, assessment };
  await expectDone(staged, assessment, await decided(staged, assessment));
  const [removal] = assessment.removals;
  if (removal && removal.take !== 'cells') await expectRestDone(staged, removal);
  return { staged, assessment };
}

/** Where a human being decides, somebody of the discloser's institution is named. */
async function decided(staged: Staged, { verdict }: Assessment): Promise<Told> {
  if (verdict !== 'escalate') return record(staged);
  const { world, from } = staged;
  const decider = await world.professional('Décideur', { institution: from.institution });
  return record(staged, { escalateTo: decider.mandate });
}

async function expectDone(staged: Staged, assessment: Assessment, done: Told): Promise<void> {
  const { verdict } = assessment;
  const facts = (await factsOf(staged)).filter(({ data }) => data['disclosure'] === done.body['disclosure']);
  expect([done.status, facts.map(({ type }) => type)]).toEqual([
    verdict === 'deny' ? 422 : 201,
    GROUP[verdict],
  ]);
  const [fact, assessed] = facts;
  switch (verdict) {
    case 'deny':
      expect(rulesOf(fact!.data['reasons'])).toEqual(decisive(assessment, 'block'));
      return;
    case 'escalate':
      expect(rulesOf(fact!.data['reasons'])).toEqual(decisive(assessment, 'escalate'));
      return;
    default:
      expectRecorded(staged, assessment, fact!, assessed!);
      expect(await replayed(staged, done.body['disclosure'])).toMatchObject({
        agrees: true,
        differences: [],
      });
  }
}

/** A recorded assessment, and the same computed again as of then. */
export async function replayed({ world, person }: Staged, disclosure: unknown): Promise<Replayed> {
  const path = `${person.path}/disclosures/${String(disclosure)}/assessment`;
  const told = await world.client.get(path, { reason: 'audit' });
  if (told.status !== 200) throw new Error(told.text);
  return told.body as unknown as Replayed;
}

export interface Replayed {
  readonly recorded: Pick<Assessment, 'verdict'> & { readonly catalogueVersion: string };
  readonly again: Assessment;
  readonly agrees: boolean;
  readonly differences: readonly Body[];
}

/** The act with its basis; beside it the points and duties, as they were told before. */
function expectRecorded({ act }: Staged, assessment: Assessment, fact: Fact, assessed: Fact): void {
  const { points, duties, verdict, used } = assessment;
  expect(fact.data).toMatchObject({ purpose: act['purpose'], basis: { consents: expect.any(Array) } });
  expect((fact.data['basis'] as Body)['provision']).toBe(act['provision']);
  const kept = points.map(({ point, state, rule, also }) => ({ point, state, rule, also: rulesOf(also) }));
  expect(assessed.data).toMatchObject({ verdict, points: kept, duties: duties.map(kept9), ...asUsed(used) });
}

function kept9({ kind, deadline, standing, items }: Duty): Body {
  return { kind, deadline, standing, items };
}

function asUsed({ catalogueVersion, catalogueDigest, personRevision }: Assessment['used']): Body {
  return { catalogueVersion, catalogueDigest, personRevision };
}

/** What is denied is taken out, and the rest comes to what was promised. */
async function expectRestDone(staged: Staged, removal: Assessment['removals'][number]): Promise<void> {
  const out = new Set(
    removal.cells.map(({ item, recipient }) => (removal.take === 'items' ? item : recipientKey(recipient))),
  );
  const items = (staged.act['items'] as readonly Body[]).filter(({ item }) => !out.has(item as string));
  const recipients = Object.values(staged.to)
    .map(({ to }) => to)
    .filter((to) => !out.has(Object.values(to).join('/')));
  const rest = {
    ...staged,
    act: { ...staged.act, ...(removal.take === 'items' ? { items } : { recipients }) },
  };
  const assessment = await ask(rest);
  expect(assessment.verdict).toBe(removal.verdict);
  await expectDone(rest, assessment, await decided(rest, assessment));
}

function rulesOf(told: unknown): readonly string[] {
  return (told as readonly { readonly rule: string }[]).map(({ rule }) => rule);
}

/** Rules that decided, over every item and recipient, each once. */
function decisive({ cells }: Assessment, state: State): readonly string[] {
  return [
    ...new Set(
      rulingsOf(cells)
        .filter((r) => r.state === state)
        .map(({ rule }) => rule),
    ),
  ];
}

export function rulingsOf(cells: readonly CellResult[]): readonly Explanation[] {
  return cells.flatMap(({ points }) => points.flatMap((point: PointResult) => [point, ...point.also]));
}
