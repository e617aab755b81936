import {
  consentInForce,
  covered,
  inScope,
  institutionOf,
  oppositionInForce,
  stands,
  type Act,
  type ActivePerson,
  type Consent,
  type ItemId,
  type Origin,
  type Passing,
  type Scope,
} from '#person';
import { covers, dayOf, endMs, epochMs, startMs } from '#time';
import { passingsOf } from '../duties/fulfilled.js';
import type { Telling } from '../tellings.js';
import type { ItemWays, Way } from '../ways.js';
import { brokenRules, lackingBasis, type Breach, type JudgedPassing } from './broken-points.js';
import { factsToTell } from './facts-to-tell.js';
import type { Judgements } from './judged.js';
import type { Finding, FindingRule } from './rules.js';

/** What is recorded later than this after it happened, is late. */
const LATE_MS = 7 * 24 * 3_600_000;
/** A holder's own word that the ledger has nothing to set beside. */
const UNCONFIRMED: ReadonlySet<string | null> = new Set(['unknown', 'disclosure']);

/** Rules that an act breaks, as far as the ledger tells. One that does not stand breaks none. */
export function actFindings(judgements: Judgements, act: Act): readonly Finding[] {
  const { person, waysOf } = judgements;
  if (!stands(person, act)) return [];
  const { passings } = judgements.on(act);
  const found = act.items.flatMap(({ item }, n) => {
    const ways = waysOf(item);
    const telling = ways.tellingOf(act.disclosure);
    const own = passings.slice(n * act.recipients.length, (n + 1) * act.recipients.length);
    return telling ? itemFindings(person, { ...telling, act }, item, ways, own) : [];
  });
  return [...lateFinding(act), ...movedFinding(act), ...emptyFinding(act), ...found];
}

function lateFinding(act: Act): readonly Finding[] {
  const recordedMs = epochMs(act.origin.recordedAt);
  if (recordedMs - endMs(act.effectiveAt) <= LATE_MS) return [];
  return [{ ...broken('recorded-late', act, recordedMs), item: null, holder: null, facts: [] }];
}

/** In a deferral the person's stream is a fact from elsewhere: it may have moved between the decision and its record. */
function movedFinding(act: Act): readonly Finding[] {
  const { decidedOn, origin } = act;
  if (decidedOn === undefined || Math.floor(origin.revision) <= decidedOn) return [];
  const fromMs = epochMs(origin.recordedAt);
  return [{ ...broken('decided-on-older-facts', act, fromMs), item: null, holder: null, facts: [] }];
}

/** Of which nobody knows what was told, or to whom, nor what it rested on. */
function emptyFinding(act: Act): readonly Finding[] {
  if (act.basis !== undefined || (act.items.length > 0 && act.recipients.length > 0)) return [];
  const atMs = startMs(act.effectiveAt);
  return [{ ...broken('no-valid-basis', act, atMs), item: null, holder: null, facts: [] }];
}

function itemFindings(
  person: ActivePerson,
  telling: Telling,
  item: ItemId,
  ways: ItemWays,
  passings: readonly JudgedPassing[],
): readonly Finding[] {
  const { act, atMs, from } = telling;
  // How whoever disclosed had come to know by then.
  const before = from === undefined || act.recipients.length === 0 ? [] : ways.ofBefore(from, act.disclosure);
  const found = (rule: FindingRule, holder: string | null, facts: Finding['facts']): Finding => ({
    ...broken(rule, act, atMs),
    item,
    holder,
    facts,
  });
  const confirmed = before.some(({ telling: told, source }) => told || !UNCONFIRMED.has(source));
  return [
    ...(confirmed ? [] : [found('origin-not-confirmed', from ?? null, [])]),
    ...telling.recipients.flatMap(({ to }, i) => {
      const [passing] = passingsOf(person, { act, recipient: act.recipients[i]!, items: [item] });
      const parents = agreed(person, act, passing!, atMs) ? [] : narrowerParents(before, passing!);
      const breaches = breachesOf(person, telling, i, passing!, passings[i]);
      return [
        ...breaches.map(({ rule, facts }) => found(rule, to, factsToTell(person, passing!, facts))),
        ...(parents.length > 0 ? [found('onward-wider', to, parents)] : []),
      ];
    }),
  ];
}

/**
 * What the stream says of the basis that was decided on, and what the assessment says of the act. Of a report that was
 * judged the assessment has the last word. A word to a representative is information: it lacks nothing but, at times, a
 * mandate in force.
 */
function breachesOf(
  person: ActivePerson,
  { act, atMs, recipients }: Telling,
  n: number,
  passing: Passing,
  judged: JudgedPassing | undefined,
): readonly Breach[] {
  if (judged?.disclosure === false) return brokenRules(judged);
  const isHeld = (act.reported && judged !== undefined) || covers(recipients[n]!.basis, atMs);
  const own = isHeld ? [] : baseless(person, act, passing, atMs);
  const isUntold = act.basis === undefined && !agreed(person, act, passing, atMs);
  const untold = isUntold ? [{ rule: 'no-valid-basis', facts: [] } as const] : [];
  const lacking = [...own, ...untold, ...(judged ? lackingBasis(judged) : [])];
  return [...eachRuleOnce(lacking), ...(judged ? brokenRules(judged) : [])];
}

/** The stream and the assessment may say the same of an act, each with what it knows of it. */
function eachRuleOnce(breaches: readonly Breach[]): readonly Breach[] {
  const rules = [...new Set(breaches.map(({ rule }) => rule))];
  return rules.map((rule) => ({
    rule,
    facts: breaches.filter((one) => one.rule === rule).flatMap(({ facts }) => facts),
  }));
}

function broken(rule: FindingRule, act: Act, fromMs: number) {
  const institution = (act.discloser && institutionOf(act.discloser)) ?? null;
  return { rule, about: act.disclosure, disclosure: act.disclosure, institution, fromMs };
}

/** What it rests on did not hold: somebody had taken it back or stood against it, or it never covered this. */
function baseless(person: ActivePerson, act: Act, passing: Passing, atMs: number): readonly Breach[] {
  const isAgainst = (one: Scope & { readonly origin: Origin }) =>
    dayOf(one.origin.effectiveAt) <= dayOf(act.effectiveAt) && inScope(one, passing);
  const against = [
    ...[...person.objections.values()].filter(isAgainst).map((one) => one.objection),
    ...[...person.refusals.values()].filter(isAgainst).map((one) => one.refusal),
  ].map((id) => ({ kind: 'word', id }));
  const isOpposed = covers(oppositionInForce(person, passing, datedOf(act)), atMs);
  const cited = consentsOf(person, act);
  const takenBack = cited.filter((one) => isTakenBack(one, passing, atMs));
  const named = takenBack.length > 0 || isOpposed ? takenBack : cited;
  const facts = named.map(({ consent }) => ({ kind: 'consent', id: consent }));
  const without = { rule: 'no-valid-basis', facts } as const;
  if (isOpposed) return [{ rule: 'after-withdrawal', facts: [...facts, ...against] }, without];
  return takenBack.length > 0 ? [{ rule: 'after-withdrawal', facts }, without] : [without];
}

function isTakenBack(consent: Consent, passing: Passing, atMs: number): boolean {
  const takes = consent.exclusions.some(
    ({ excluded, effectiveAt }) => inScope(excluded, passing) && startMs(effectiveAt) <= atMs,
  );
  return takes && covered(consent, passing);
}

function consentsOf(person: ActivePerson, { basis }: Act): readonly Consent[] {
  return (basis?.consents ?? []).flatMap((id) => person.consents.get(id) ?? []);
}

/** Whoever agreed to this very passing opened it, whatever the terms before. */
function agreed(person: ActivePerson, act: Act, passing: Passing, atMs: number): boolean {
  return [...person.consents.values()].some((consent) =>
    covers(consentInForce(person, consent, passing, datedOf(act)), atMs),
  );
}

function datedOf({ effectiveAt, origin }: Act) {
  return { effectiveAt, revision: origin.revision };
}

/** Acts that brought it, where each set terms and none lets it go on to this recipient. */
function narrowerParents(before: readonly Way[], passing: Passing): Finding['facts'] {
  const known = before.filter(({ source }) => source !== 'unknown');
  const parents = known.map(({ telling }) => telling?.act);
  const opens = (act: Act | undefined) =>
    act?.onward === undefined ||
    (act.onward.length > 0 && inScope({ ...ANYTHING, recipients: act.onward }, passing));
  if (parents.length === 0 || parents.some(opens)) return [];
  return [...new Set(parents.map((act) => act!.disclosure))].map((id) => ({ kind: 'disclosure', id }));
}
const ANYTHING = { items: [], categories: [], purposes: [] };
