import type { Effective, Recorded } from '#decider';
import type { PersonEvent, Recipient, RecipientScope, Scope } from '#person';

/** What the naive reader noted down while going through the events. */
export interface NaiveFacts {
  readonly acts: Map<string, NaiveAct>;
  readonly consents: Map<string, Said>;
  readonly refusals: Said[];
  readonly objections: Map<string, Said>;
  /** The category of each item: as described, then as requalified. */
  readonly categories: Map<string, { n: number; at: string; category: string }[]>;
  readonly origins: { item: string; holder: string; day: string; at: string }[];
  readonly purges: { n: number; item: string; holder: string; day: string; remains: string; at: string }[];
}

export interface NaiveAct {
  /** Place in the record. */
  n: number;
  id: string;
  /** The day, and the hour where it was named. */
  at: string;
  day: string;
  items: string[];
  giver: string | undefined;
  giverIs: Recipient | undefined;
  receivers: { key: string; recipient: Recipient }[];
  purpose: string;
  consents: readonly string[];
  restsOn: string;
  until: string | undefined;
  contests: { from: string; to: string | undefined }[];
  retracted: boolean;
  copyOf: string | undefined;
}

export interface Said {
  id: string;
  n: number;
  at: string;
  day: string;
  scope: Scope;
  from: string;
  until: string;
  liftedOn: string | undefined;
  cuts: { day: string; scope: Scope }[];
  /** To whom a consent's recipients may pass it on. */
  onward: readonly RecipientScope[];
}

export function readFacts(events: readonly Recorded<PersonEvent>[]): NaiveFacts {
  const facts: NaiveFacts = {
    acts: new Map(),
    consents: new Map(),
    refusals: [],
    objections: new Map(),
    categories: new Map(),
    origins: [],
    purges: [],
  };
  for (const event of events) {
    noteHolding(facts, event);
    noteWill(facts, event);
    noteAct(facts, event);
    noteAboutAct(facts, event);
  }
  return facts;
}

function noteHolding(
  facts: NaiveFacts,
  { type, data, revision: n, effectiveAt }: Recorded<PersonEvent>,
): void {
  const day = dayOf(effectiveAt);
  if (type === 'InformationDescribed') {
    facts.categories.set(data.item, [{ n, at: day, category: data.category }]);
    facts.origins.push({ item: data.item, holder: keyOf(data.holding.holder, ''), day, at: day });
  }
  if (type === 'InformationRequalified' && data.category)
    facts.categories.get(data.item)!.push({ n, at: atOf(effectiveAt), category: data.category });
  if (type === 'HoldingDeclared')
    facts.origins.push({ item: data.item, holder: keyOf(data.holder, ''), day, at: day });
  if (type === 'PurgeAttested')
    for (const item of data.items)
      facts.purges.push({
        n,
        item,
        holder: keyOf(data.holder, ''),
        day,
        at: atOf(effectiveAt),
        remains: data.remains,
      });
}

function noteWill(facts: NaiveFacts, { type, data, revision: n, effectiveAt }: Recorded<PersonEvent>): void {
  const day = dayOf(effectiveAt);
  const said = (id: string, scope: Scope): Said => ({
    id,
    n,
    at: atOf(effectiveAt),
    day,
    scope,
    from: day,
    until: '9999',
    liftedOn: undefined,
    cuts: [],
    onward: [],
  });
  if (type === 'ConsentGranted')
    facts.consents.set(data.consent, {
      ...said(data.consent, data),
      from: dayOf(data.validFrom),
      until: dayOf(data.validUntil),
      onward: data.onward,
    });
  if (type === 'ConsentWithdrawn') facts.consents.get(data.consent)?.cuts.push({ day, scope: data.excluded });
  if (type === 'ConsentRefused') facts.refusals.push(said(data.refusal, data));
  if (type === 'ObjectionRaised') facts.objections.set(data.objection, said(data.objection, data));
  if (type === 'ObjectionLifted') facts.objections.get(data.objection)!.liftedOn = day;
}

function noteAct(facts: NaiveFacts, { type, data, revision: n, effectiveAt }: Recorded<PersonEvent>): void {
  if (type !== 'DisclosureReported') return;
  facts.acts.set(data.disclosure, {
    n,
    id: data.disclosure,
    at: atOf(effectiveAt),
    day: dayOf(effectiveAt),
    items: data.items!.map((i) => i.item),
    giver: data.discloser && keyOf(data.discloser, data.disclosure),
    giverIs: data.discloser,
    receivers: data.recipients!.map((recipient) => ({ key: keyOf(recipient, data.disclosure), recipient })),
    purpose: data.purpose!,
    consents: data.basis?.consents ?? [],
    restsOn: data.basis?.restsOn ?? 'provision',
    until: data.retainUntil && dayOf(data.retainUntil),
    contests: [],
    retracted: false,
    copyOf: undefined,
  });
}

function noteAboutAct(facts: NaiveFacts, { type, data, effectiveAt }: Recorded<PersonEvent>): void {
  const day = dayOf(effectiveAt);
  if (type === 'DisclosureContested')
    facts.acts.get(data.disclosure)!.contests.push({ from: day, to: undefined });
  if (type === 'ContestAnswered')
    for (const contest of facts.acts.get(data.disclosure)!.contests) contest.to ??= day;
  if (type === 'RetentionChanged') facts.acts.get(data.disclosure)!.until = dayOf(data.retainUntil);
  if (type !== 'DisclosureCorrected') return;
  const act = facts.acts.get(data.disclosure)!;
  if (data.retracted) act.retracted = true;
  if (data.duplicateOf) act.copyOf = data.duplicateOf;
  if (data.actEffectiveAt) {
    act.at = atOf(data.actEffectiveAt);
    act.day = dayOf(data.actEffectiveAt);
  }
  if (data.changes.items) act.items = data.changes.items.map((i) => i.item);
  if (data.changes.recipients)
    act.receivers = data.changes.recipients.map((recipient) => ({
      key: keyOf(recipient, act.id),
      recipient,
    }));
}

export function inside(
  scope: Scope,
  item: string,
  category: string,
  recipient: Recipient,
  purpose: string,
): boolean {
  const anyItem = scope.items.length === 0 && scope.categories.length === 0;
  const items =
    anyItem || scope.items.some((i) => i === item) || scope.categories.some((c) => c === category);
  const named = (r: RecipientScope) =>
    r.kind === 'institution'
      ? recipient.kind !== 'outsider' &&
        recipient.kind !== 'unknown' &&
        recipient.institution === r.institution
      : keyOf(r, '') === keyOf(recipient, '');
  const recipients = scope.recipients.length === 0 || scope.recipients.some(named);
  return items && recipients && (scope.purposes.length === 0 || scope.purposes.some((p) => p === purpose));
}

function keyOf(r: Recipient, act: string): string {
  if (r.kind === 'mandate') return `mandate:${r.mandate}`;
  if (r.kind === 'category') return `category:${r.institution}:${r.function}`;
  return r.kind === 'outsider' ? `outsider:${r.outsider}` : `unknown:${act}`;
}

/** Hours lie between eight and eighteen, so the day is the same in Greenwich and in Paris. */
function atOf(when: Effective): string {
  return typeof when === 'string' ? when.slice(0, 13) : when.date;
}

function dayOf(when: Effective): string {
  return atOf(when).slice(0, 10);
}

/** By day; within a day by the record, unless both name their hour. */
export function isLater(one: { at: string; n: number }, other: { at: string; n: number }): boolean {
  const named = one.at.length > 10 && other.at.length > 10;
  const [a, b] = named ? [one.at, other.at] : [one.at.slice(0, 10), other.at.slice(0, 10)];
  return a === b ? one.n > other.n : a > b;
}

/** The last category that was on record before this and had begun by then. */
export function categoryFor(facts: NaiveFacts, item: string, act: { at: string; n: number }): string {
  const [first, ...later] = facts.categories.get(item)!;
  return (later.findLast((given) => given.n < act.n && isLater(act, given)) ?? first!).category;
}

/** Of several records of one act one counts: the one that the others point to and that nobody retracted. */
export function counts(facts: NaiveFacts, act: NaiveAct): boolean {
  if (act.retracted) return false;
  const met: NaiveAct[] = [];
  for (let one: NaiveAct | undefined = act; one && !one.retracted; one = facts.acts.get(one.copyOf ?? '')) {
    if (met.includes(one)) {
      const circle = met.slice(met.indexOf(one));
      return circle.includes(act) && circle.every((other) => other.n >= act.n);
    }
    met.push(one);
  }
  return met.length === 1;
}
