import type { CivilDate, Effective, Recorded } from '#decider';
import type { PersonEvent, Recipient, RecipientScope, Scope } from '#person';

/**
 * Who knows what, by a reader with time on their hands: takes the events known by then, goes through them one
 * by one, and looks at one day. Shares nothing with the projection: days are text, nothing is an interval.
 */
export interface NaiveRow {
  readonly item: string;
  readonly holder: string;
  readonly status: string;
  readonly since: string;
}

interface NaiveAct {
  id: string;
  day: string;
  items: string[];
  giver: string | undefined;
  receivers: { key: string; recipient: Recipient }[];
  purpose: string;
  consents: readonly string[];
  restsOn: string;
  until: string | undefined;
  contests: { from: string; to: string | undefined }[];
  gone: boolean;
}

interface Said {
  n: number;
  day: string;
  scope: Scope;
  from: string;
  until: string;
  liftedOn: string | undefined;
  cuts: { day: string; scope: Scope }[];
}

export function naiveWhoKnows(
  events: readonly Recorded<PersonEvent>[],
  day: string,
  knownAt: string,
): NaiveRow[] {
  const acts = new Map<string, NaiveAct>();
  const consents = new Map<string, Said>();
  const refusals: Said[] = [];
  const objections = new Map<string, Said>();
  const categories = new Map<string, string>();
  const origins: { item: string; holder: string; day: string }[] = [];
  const purges: { n: number; item: string; holder: string; day: string; remains: string }[] = [];

  for (const event of events) {
    if (event.recordedAt > knownAt) continue;
    const { data, type, revision: n } = event;
    const on = dayOf(event.effectiveAt);
    const said = (scope: Scope): Said => ({
      n,
      day: on,
      scope,
      from: on,
      until: '9999',
      liftedOn: undefined,
      cuts: [],
    });
    if (type === 'InformationDescribed') {
      categories.set(data.item, data.category);
      origins.push({ item: data.item, holder: keyOf(data.holding.holder, ''), day: on });
    }
    if (type === 'HoldingDeclared')
      origins.push({ item: data.item, holder: keyOf(data.holder, ''), day: on });
    if (type === 'ConsentGranted')
      consents.set(data.consent, {
        ...said(data),
        from: dayOf(data.validFrom),
        until: dayOf(data.validUntil),
      });
    if (type === 'ConsentWithdrawn') consents.get(data.consent)?.cuts.push({ day: on, scope: data.excluded });
    if (type === 'ConsentRefused') refusals.push(said(data));
    if (type === 'ObjectionRaised') objections.set(data.objection, said(data));
    if (type === 'ObjectionLifted') objections.get(data.objection)!.liftedOn = on;
    if (type === 'PurgeAttested')
      for (const item of data.items)
        purges.push({ n, item, holder: keyOf(data.holder, ''), day: on, remains: data.remains });
    if (type === 'DisclosureReported')
      acts.set(data.disclosure, {
        id: data.disclosure,
        day: on,
        items: data.items!.map((i) => i.item),
        giver: data.discloser && keyOf(data.discloser, data.disclosure),
        receivers: data.recipients!.map((recipient) => ({
          key: keyOf(recipient, data.disclosure),
          recipient,
        })),
        purpose: data.purpose!,
        consents: data.basis!.consents,
        restsOn: data.basis!.restsOn,
        until: data.retainUntil && dayOf(data.retainUntil),
        contests: [],
        gone: false,
      });
    if (type === 'DisclosureContested') acts.get(data.disclosure)!.contests.push({ from: on, to: undefined });
    if (type === 'ContestAnswered')
      for (const contest of acts.get(data.disclosure)!.contests) contest.to ??= on;
    if (type === 'RetentionChanged') acts.get(data.disclosure)!.until = dayOf(data.retainUntil);
    if (type === 'DisclosureCorrected') {
      const act = acts.get(data.disclosure)!;
      if (data.retracted || data.duplicateOf) act.gone = true;
      if (data.actEffectiveAt) act.day = dayOf(data.actEffectiveAt);
      if (data.changes.items) act.items = data.changes.items.map((i) => i.item);
      if (data.changes.recipients)
        act.receivers = data.changes.recipients.map((recipient) => ({
          key: keyOf(recipient, act.id),
          recipient,
        }));
    }
  }

  const holdsFor = (act: NaiveAct, item: string, recipient: Recipient): boolean => {
    const covers = (scope: Scope) => inside(scope, item, categories.get(item)!, recipient, act.purpose);
    const stands = (o: Said) => o.day <= day && !(o.liftedOn && o.liftedOn <= day) && covers(o.scope);
    if (act.restsOn === 'provision') return true;
    if (act.restsOn === 'absence-of-objection') return ![...objections.values()].some(stands);
    return act.consents.some((id) => {
      const consent = consents.get(id);
      if (!consent || !covers(consent.scope)) return false;
      if (day < consent.from || day < consent.day || day > consent.until) return false;
      if (consent.cuts.some((cut) => cut.day <= day && covers(cut.scope))) return false;
      const isLater = (o: Said) => (o.day === consent.day ? o.n > consent.n : o.day > consent.day);
      if (refusals.some((r) => r.day <= day && isLater(r) && covers(r.scope))) return false;
      return ![...objections.values()].some((o) => isLater(o) && stands(o));
    });
  };

  const rows: NaiveRow[] = [];
  for (const item of categories.keys()) {
    const passings = [...acts.values()]
      .filter((act) => !act.gone && act.items.includes(item))
      .flatMap((act) =>
        act.receivers.map((receiver) => ({ act, to: receiver.key, recipient: receiver.recipient })),
      );
    const own = origins.filter((o) => o.item === item);
    const supported = new Set(own.filter((o) => o.day <= day).map((o) => o.holder));
    for (const { act } of passings)
      if (act.giver && !own.some((o) => o.holder === act.giver) && !passings.some((p) => p.to === act.giver))
        supported.add(act.giver);
    const carries = (p: (typeof passings)[number]) =>
      p.act.day <= day &&
      holdsFor(p.act, item, p.recipient) &&
      (p.act.giver === undefined || supported.has(p.act.giver));
    for (let before = -1; before !== supported.size;) {
      before = supported.size;
      for (const p of passings) if (carries(p)) supported.add(p.to);
    }
    for (const holder of new Set([...own.map((o) => o.holder), ...passings.map((p) => p.to)])) {
      const ways = [
        ...own
          .filter((o) => o.holder === holder && o.day <= day)
          .map((o) => ({ day: o.day, status: 'in-use' })),
        ...passings
          .filter((p) => p.to === holder && p.act.day <= day)
          .map((p) => ({ day: p.act.day, status: carries(p) ? statusOf(p.act, day) : 'basis-withdrawn' })),
      ];
      if (ways.length === 0) continue;
      const purge = purges
        .filter((p) => p.item === item && p.holder === holder && p.day <= day)
        .sort((a, b) => (a.day === b.day ? a.n - b.n : a.day < b.day ? -1 : 1))
        .at(-1);
      const after = ways.filter((way) => !purge || way.day > purge.day);
      const gone = purge?.remains === 'nothing' ? 'purged' : 'unforgettable';
      const best = ['in-use', 'contested', 'due-for-purge', 'basis-withdrawn'].find((s) =>
        after.some((way) => way.status === s),
      );
      const since = (after.length > 0 ? after : ways).map((way) => way.day).sort()[0]!;
      rows.push({ item, holder, status: best ?? gone, since });
    }
  }
  return rows.sort((a, b) => (a.item + a.holder < b.item + b.holder ? -1 : 1));
}

function statusOf(act: NaiveAct, day: string): string {
  if (act.until !== undefined && day > act.until) return 'due-for-purge';
  const contested = act.contests.some((c) => c.from <= day && (c.to === undefined || day < c.to));
  return contested ? 'contested' : 'in-use';
}

function inside(
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

function dayOf(when: Effective): string {
  return (when as CivilDate).date;
}
