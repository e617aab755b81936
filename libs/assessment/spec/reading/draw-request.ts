// The request, and the session it may belong to.
import * as fc from 'fast-check';
import type { Catalogue } from '#catalogue';
import type { Effective } from '#decider';
import { civilDate } from '#time';
import type { AssessmentFacts } from '../../src/facts.js';
import type { DisclosureRequest } from '../../src/request.js';

import {
  type Arb,
  pick,
  maybe,
  rarely,
  some,
  often,
  tidy,
  when,
  act,
  later,
  ITEMS,
  type Codes,
} from './draw.js';

export function sessionArb({
  purposes,
  anyPurpose,
  provision,
}: Codes): Arb<AssessmentFacts['sessions'][number]> {
  const text = often(fc.constant('told'), 6, fc.constant(' '));
  const report = tidy(
    fc.record({ author: text, date: maybe(when, 8), diagnosisSources: text, criteria: text }),
  );
  return tidy(
    fc.record({
      id: fc.constant('session'),
      session: fc.constant('s1'),
      commission: pick('commission-1', 'commission-2'),
      kind: fc.constant('CDAPH'),
      purpose: fc.tuple(purposes, anyPurpose).map(([p, other]) => p[0] ?? other),
      regime: pick(provision?.id ?? ('casf-l241-10-cdaph' as never), 'casf-l241-10-cdaph' as never),
      onAgenda: often(fc.constant(true), 4, fc.constant(false)),
      whyCollective: maybe(text, 4),
      report: maybe(report, 6),
      personKnowsReport: fc.boolean(),
    }),
  ) as Arb<AssessmentFacts['sessions'][number]>;
}

export function requestArb({
  channels,
  retention,
}: Catalogue['content']['sections']): Arb<DisclosureRequest> {
  const text = often(fc.constant('because'), 5, pick('', ' '));
  const asked = (item: never) =>
    tidy(
      fc.record({
        item: fc.constant(item),
        justification: maybe(text, 6),
        wholeFile: rarely(fc.boolean()),
        commentary: rarely(fc.boolean()),
        unrelated: rarely(pick(true, false, false)),
      }),
    );
  return tidy(
    fc.record({
      objective: maybe(text, 6),
      benefit: maybe(text, 6),
      frame: often(pick('exchange', 'care-team', 'transmission'), 3, fc.constant('commission-session')),
      session: maybe(pick('s1', 's2'), 4),
      channel: maybe(pick(...channels.map((c) => c.code), 'pigeon'), 8),
      items: fc.tuple(asked(ITEMS[0]!), asked(ITEMS[1]!)),
      exception: rarely(
        fc.record({ kind: pick('emergency', 'impossibility', 'contrary-to-interest'), reason: text }),
      ),
      retention: maybe(
        tidy(
          fc.record({
            rule: pick(...retention.map((r) => r.code), 'for-ever' as never),
            until: maybe(often(later, 3, when), 2),
          }),
        ),
        8,
      ),
      responsibleManager: maybe(text, 5),
      keeps: maybe(some(pick('export', 'private-note', 'file'), 1), 1),
      withheld: rarely(some(tidy(fc.record({ reason: maybe(text, 2) })), 1)),
      at: act,
      assessedAt: rarely(
        pick<Effective>(civilDate('2026-03-02'), civilDate('2026-03-11'), civilDate('2026-12-01')),
      ),
      consents: rarely(some(pick('c1', 'c2', 'c3', 'family', 'agreed'), 3)),
    }),
  ) as unknown as Arb<DisclosureRequest>;
}
