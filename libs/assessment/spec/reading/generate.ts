// Random situations, small enough that facts meet: two items, two recipients, few names, few days.
import * as fc from 'fast-check';
import type { Catalogue, Provision } from '#catalogue';
import type {
  AssessmentFacts,
  DiscloserFacts,
  ItemFacts,
  Party,
  PartyFacts,
  Representative,
  Scope,
} from '../../src/facts.js';
import { requestArb, sessionArb } from './draw-request.js';
import type { Drawn } from './drawn.js';
import { FAMILIES, withFamily } from './families.js';
import { ORDERS, putInOrder } from './orderly.js';

import {
  type Arb,
  pick,
  maybe,
  rarely,
  some,
  often,
  tidy,
  when,
  period,
  institution,
  ITEMS,
  VOICES,
  type Codes,
  partyScope,
  wordsArb,
} from './draw.js';

/** One world: what is drawn below refers to the same provision, purpose and codes. */
export function situations(catalogue: Catalogue): Arb<Drawn> {
  const { provisions } = catalogue.content.sections;
  const bases = catalogue.provisionsFor({});
  const cited: Arb<Provision | undefined> = fc.oneof(
    { weight: 12, arbitrary: pick<Provision>(...bases) },
    { weight: 6, arbitrary: pick(...bases.filter((p) => /l1110-4|l226|cp-226-14|1984/.test(p.id))) },
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: pick<Provision>(...provisions) },
  );
  const all = ORDERS.map(() => true);
  const flags = fc.oneof(
    { weight: 1, arbitrary: fc.constant<boolean[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }) },
    // All in order but for a few.
    {
      weight: 2,
      arbitrary: fc
        .array(fc.nat({ max: all.length - 1 }), { maxLength: 4 })
        .map((off) => all.map((_, i) => !off.includes(i))),
    },
  );
  return cited.chain((provision) =>
    fc
      .tuple(world(catalogue, provision), flags, pick(...FAMILIES))
      .map(([drawn, on, family]) => withFamily(putInOrder(drawn, provision, on), family)),
  );
}

function world({ content: { sections } }: Catalogue, provision: Provision | undefined): Arb<Drawn> {
  const anyPurpose = pick<Scope['purposes'][number]>(
    ...sections.purposes.map((p) => p.code),
    'no-such-purpose' as never,
  );
  const served = provision && provision.purposes.length > 0 ? pick(...provision.purposes) : anyPurpose;
  const actors = sections.actors.map((a) => a.code);
  const categories = (listed: readonly string[] = []) =>
    fc
      .tuple(some(pick(...actors), 1), some(pick(...(listed.length > 0 ? listed : actors)), 2))
      .map(([a, b]) => [...a, ...b]);
  const category = pick(...sections.categories.map((c) => c.code), 'no-such-category' as never);
  const secrecy = some(
    fc.record({
      binding: pick(...sections.bindings.map((b) => b.code), 'no-such-binding' as never),
      firm: often(fc.constant(true), 5, fc.constant(false)),
    }),
  );
  return often<(typeof sections.purposes)[number]['code'] | undefined>(
    served,
    8,
    often(anyPurpose, 4, fc.constant(undefined as never)),
  ).chain((purpose) => {
    const purposes = often<Scope['purposes']>(fc.constant(purpose ? [purpose] : []), 4, some(anyPurpose, 2));
    const codes = { category, purposes, provision, anyPurpose };
    const party = partyArb(secrecy, codes);
    return fc
      .record({
        facts: factsArb(codes, secrecy, {
          discloser: party(
            pick<Party>({ kind: 'mandate', mandate: 'me' as never }),
            categories(provision?.disclosers.categories),
          ),
          first: party(recipientParty('one'), categories(provision?.recipients.categories)),
          second: party(recipientParty('two'), categories(provision?.recipients.categories)),
        }),
        request: requestArb(sections),
      })
      .map(({ facts, request }) => ({
        facts,
        request: {
          ...request,
          ...(purpose && { purpose }),
          ...(provision && { provision: provision.id }),
          recipients: facts.recipients.map((r) => r.party),
        },
      }));
  });
}

function recipientParty(name: string): Arb<Party> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Party>({ kind: 'mandate', mandate: name as never }) },
    { weight: 3, arbitrary: fc.constant<Party>({ kind: 'outsider', outsider: name as never }) },
    {
      weight: 1,
      arbitrary: institution.map((i): Party => ({ kind: 'category', institution: i, function: 'aide' })),
    },
    { weight: 1, arbitrary: pick<Party>({ kind: 'unknown' }, { kind: 'person' }) },
  );
}

function partyArb(secrecy: Arb<PartyFacts['secrecy']>, { purposes, provision }: Codes) {
  const kind = provision?.recipients.commission ?? 'CDAPH';
  const seat = fc
    .tuple(
      period,
      pick('commission-1', 'commission-2'),
      often(fc.constant(kind), 4, pick('CDAPH')),
      often(fc.constant(true), 4, fc.constant(false)),
      fc.record({ hasCase: fc.boolean(), institution }),
    )
    .map(([p, commission, k, coversCase, of]) => ({
      id: commission,
      commission,
      kind: k,
      coversCase,
      ...of,
      ...p,
    }));
  const care = fc
    .tuple(period, maybe(pick('team-a', 'team-b'), 2))
    .map(([p, team]) => ({ id: 'care', ...p, ...(team && { team }) }));
  return (who: Arb<Party>, categories: Arb<string[]>): Arb<PartyFacts> =>
    tidy(
      fc.record({
        id: fc.constant('party'),
        party: who,
        institution: maybe(institution, 8),
        categories,
        secrecy,
        mission: often(fc.constant('mission'), 6, pick('', ' ')),
        function: often(pick('aide', 'nurse'), 6, fc.constant('')),
        serves: purposes,
        period: maybe(period, 3),
        care: some(care, 1),
        memberships: some(seat, 2),
        representative: rarely(pick(...VOICES)),
        accessLog: maybe(fc.boolean(), 2),
      }),
    ).map((p) =>
      p.party.kind === 'category' ? { ...p, institution: p.party.institution, function: 'aide' } : p,
    ) as Arb<PartyFacts>;
}

function factsArb(
  codes: Codes,
  secrecy: Arb<PartyFacts['secrecy']>,
  who: { discloser: Arb<PartyFacts>; first: Arb<PartyFacts>; second: Arb<PartyFacts> },
): Arb<AssessmentFacts> {
  const representative = fc
    .tuple(
      pick(...VOICES.slice(0, 2)),
      pick('parental-authority', 'parental-authority', 'representation', 'assistance', 'trusted-person'),
      pick('personal', 'property', 'both'),
      often(fc.constant(true), 4, fc.constant(false)),
      period,
    )
    .map(
      ([name, kind, domain, verified, p]) =>
        ({ id: name, representative: name, kind, domain, verified, ...p }) as Representative,
    );
  const person = tidy(
    fc.record({
      birthDate: maybe(pick('1980-05-17', '1990-01-01', '2016-08-01', '2008-02-28', '2007', '2008'), 6),
      capacity: some(fc.record({ id: fc.constant('cap'), ableToDecide: fc.boolean(), at: when }), 2),
      unableToProtectThemselves: rarely(fc.boolean()),
    }),
  ) as Arb<AssessmentFacts['person']>;
  return fc.record({
    person,
    representatives: some(representative, 2),
    ...wordsArb(codes),
    items: fc.tuple(itemArb(0, codes), itemArb(1, codes)),
    discloser: fc
      .tuple(who.discloser, some(fc.record({ mandate: pick('mine', 'my-other') as Arb<never>, secrecy }), 1))
      .map(([d, otherMandates]): DiscloserFacts => ({ ...d, otherMandates })),
    recipients: fc.oneof(
      fc.tuple(who.first).map((r): PartyFacts[] => r),
      fc.tuple(who.first, who.second).map((r): PartyFacts[] => r),
    ),
    sessions: some(sessionArb(codes), 1),
  });
}

function itemArb(index: number, { category, anyPurpose, purposes }: Codes): Arb<ItemFacts> {
  const holding = tidy(
    fc.record({
      id: fc.constant('holding'),
      holder: pick('me', 'mine', 'my-other'),
      purpose: fc.tuple(purposes, anyPurpose).map(([p, other]) => p[0] ?? other),
      session: rarely(pick('s1', 's2')),
      onward: rarely(some(partyScope, 1)),
    }),
  );
  return tidy(
    fc.record({
      id: fc.constant('item'),
      item: fc.constant(ITEMS[index]!),
      category,
      level: maybe(pick('public', 'personal', 'confidential', 'secret', 'secret'), 8),
      thirdParty: rarely(pick('mother', '')),
      keptFromParents: rarely(fc.boolean()),
      deferred: rarely(fc.constant(true)),
      holdings: some(holding as Arb<never>, 2),
      tabledFor: rarely(pick('s1', 's2')),
    }),
  ) as Arb<ItemFacts>;
}
