import type { Catalogue } from '#catalogue';
import { categoryAt, type Act, type ActivePerson } from '#person';
import type { AssessmentFacts, SessionFacts } from '../facts.js';
import type { DisclosureRequest } from '../request.js';
import { assessmentFacts } from './assessment-facts.js';
import type { Surroundings } from './parties.js';

/** An act that took place, intended here or reported: the same is asked of both. */
export type Happened = Omit<Act, 'origin' | 'contests' | 'effects' | 'retracted'> & {
  readonly origin: { readonly revision: number };
};

const UNKNOWN = { kind: 'unknown' } as const;

/** What the act is judged by: what was so on its date, as far as it is known now. */
export function factsOfAct(
  person: ActivePerson,
  act: Happened,
  around: Surroundings & { readonly sessions: readonly SessionFacts[] },
  catalogue: Catalogue,
): AssessmentFacts {
  const { effectiveAt, discloser = UNKNOWN, recipients, declared, origin } = act;
  const facts = assessmentFacts(person, origin.revision, around, catalogue, {
    discloser,
    items: act.items.map(({ item }) => item),
    recipients,
    happenedAt: effectiveAt,
    ...(declared?.unableToProtectThemselves ? { unableToProtectThemselves: true } : {}),
  });
  const dated = { effectiveAt, revision: origin.revision };
  const items = facts.items.map((item) => {
    const category = categoryAt(person, item.item, dated);
    return { ...item, ...(category ? { category } : {}) };
  });
  return { ...facts, items };
}

/** Whatever is not known of it is not asked for, and the frame is that of any exchange. */
export function requestOfAct(act: Happened): DisclosureRequest {
  const { purpose, objective, benefit, basis, frame = 'exchange', session, channel } = act;
  const { items, recipients, declared = {}, effectiveAt, responsibleManager } = act;
  const { exception, keeps, withheld } = declared;
  const consents = reliedOn(act);
  const retention = retentionOf(act);
  return {
    frame,
    items,
    recipients,
    at: effectiveAt,
    ...(purpose ? { purpose } : {}),
    ...(objective ? { objective } : {}),
    ...(benefit ? { benefit } : {}),
    ...(basis?.provision ? { provision: basis.provision } : {}),
    ...(consents ? { consents } : {}),
    ...(session ? { session } : {}),
    ...(channel ? { channel } : {}),
    ...(retention ? { retention } : {}),
    ...(responsibleManager ? { responsibleManager } : {}),
    ...(exception ? { exception: { kind: exception.kind, reason: exception.reason ?? '' } } : {}),
    ...(keeps ? { keeps } : {}),
    ...(withheld ? { withheld } : {}),
  };
}

/** The consents that were named, by whoever intended it or reports it; undefined: whichever was in force. */
function reliedOn({ reported, basis, assessed }: Happened): readonly string[] | undefined {
  if (!reported) return assessed?.consents;
  return basis && basis.consents.length > 0 ? basis.consents : undefined;
}

function retentionOf({ retentionRule, retainUntil }: Happened): DisclosureRequest['retention'] {
  return retentionRule && { rule: retentionRule, ...(retainUntil ? { until: retainUntil } : {}) };
}
