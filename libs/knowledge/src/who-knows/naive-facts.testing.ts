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
  readonly origins: {
    n: number;
    item: string;
    holder: string;
    at: string;
    purpose: string;
    source: string;
  }[];
  readonly purges: { n: number; item: string; holder: string; day: string; remains: string; at: string }[];
}

export interface NaiveAct {
  /** Place in the record. */
  n: number;
  id: string;
  /** The day, and the hour where it was named; the month alone where that was. */
  at: string;
  /** The first, of a month. */
  day: string;
  items: string[];
  giver: string | undefined;
  giverIs: Recipient | undefined;
  receivers: { key: string; recipient: Recipient }[];
  purpose: string;
  consents: readonly string[];
  provision: string | null;
  restsOn: string;
  frame: string | null;
  channel: string | null;
  until: string | undefined;
  contests: { from: string; to: string | undefined }[];
  retracted: boolean;
  copyOf: string | undefined;
}

export type NaiveOrigin = NaiveFacts['origins'][number];

/** When something was said, as text, and its place in the record. */
export interface Dated {
  at: string;
  n: number;
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
  lifted: Dated | undefined;
  cuts: (Dated & { day: string; scope: Scope })[];
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
  const [at, day] = [atOf(effectiveAt), dayOf(effectiveAt)];
  if (type === 'InformationDescribed') {
    facts.categories.set(data.item, [{ n, at: day, category: data.category }]);
    const { holder, purpose, source } = data.holding;
    facts.origins.push({ n, item: data.item, holder: keyOf(holder, ''), at, purpose, source: source.kind });
  }
  if (type === 'InformationRequalified' && data.category)
    facts.categories.get(data.item)!.push({ n, at, category: data.category });
  if (type === 'HoldingDeclared') {
    const { item, holder, purpose, source } = data;
    facts.origins.push({ n, item, holder: keyOf(holder, ''), at, purpose, source: source.kind });
  }
  if (type === 'PurgeAttested')
    for (const item of data.items)
      facts.purges.push({
        n,
        item,
        holder: keyOf(data.holder, ''),
        day,
        at,
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
    lifted: undefined,
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
  const at = atOf(effectiveAt);
  if (type === 'ConsentWithdrawn')
    facts.consents.get(data.consent)?.cuts.push({ at, n, day, scope: data.excluded });
  if (type === 'ConsentRefused') facts.refusals.push(said(data.refusal, data));
  if (type === 'ObjectionRaised') facts.objections.set(data.objection, said(data.objection, data));
  if (type === 'ObjectionLifted')
    Object.assign(facts.objections.get(data.objection)!, { liftedOn: day, lifted: { at, n } });
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
    provision: data.basis?.provision ?? null,
    restsOn: data.basis?.restsOn ?? 'provision',
    frame: data.frame ?? null,
    channel: data.channel ?? null,
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
  act.retracted = data.retracted ?? act.retracted;
  if (data.duplicateOf) act.copyOf = data.duplicateOf;
  if (data.takenBack?.includes('duplicateOf')) act.copyOf = undefined;
  if (data.takenBack?.includes('retainUntil')) act.until = undefined;
  if (data.actEffectiveAt) {
    act.at = atOf(data.actEffectiveAt);
    act.day = dayOf(data.actEffectiveAt);
  }
  act.purpose = data.changes.purpose ?? act.purpose;
  act.channel = data.changes.channel ?? act.channel;
  if (data.changes.discloser) {
    act.giver = keyOf(data.changes.discloser, act.id);
    act.giverIs = data.changes.discloser;
  }
  if (data.changes.items) act.items = data.changes.items.map((i) => i.item);
  if (data.changes.recipients)
    act.receivers = data.changes.recipients.map((recipient) => ({
      key: keyOf(recipient, act.id),
      recipient,
    }));
}

export function keyOf(r: Recipient, act: string): string {
  if (r.kind === 'mandate') return `mandate:${r.mandate}`;
  if (r.kind === 'category') return `category:${r.institution}:${r.function}`;
  return r.kind === 'outsider' ? `outsider:${r.outsider}` : `unknown:${act}`;
}

/** Hours lie between eight and eighteen, so the day is the same in Greenwich and in Paris. */
export function atOf(when: Effective): string {
  if (typeof when === 'string') return when.slice(0, 13);
  return when.precision === 'month' ? when.date.slice(0, 7) : when.date;
}

function dayOf(when: Effective): string {
  return begin(atOf(when)).slice(0, 10);
}

/** Of a month its first day. */
export function begin(at: string): string {
  return at.length === 7 ? `${at}-01` : at;
}
