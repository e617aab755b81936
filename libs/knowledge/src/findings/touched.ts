import type { Effective, Recorded } from '#decider';
import { actsOn, holderKey, type Act, type ActivePerson, type ItemId, type PersonEvent } from '#person';
import { dayOf, endMs, startMs } from '#time';
import { affectedItems } from '../affected.js';
import { mandatesOfHolder, type Elsewhere } from '../elsewhere/elsewhere.js';
import { nodeKey } from '../tellings.js';
import type { Judgements } from './judged.js';

/**
 * Acts of which an event on the person's stream can change what is found. A fact that bears on acts from its date on
 * leaves those before it alone.
 * @param judgements of the state after the event
 */
export function touchedActs(judgements: Judgements, event: Recorded<PersonEvent>): readonly Act[] {
  const { person } = judgements;
  switch (event.type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported': {
      const fresh = person.acts.get(event.data.disclosure);
      return fresh ? hangingOn(judgements, fresh) : [];
    }
    case 'DisclosureAssessed':
    case 'DisclosureExplained':
      return actNamed(person, event.data);
    case 'DisclosureCorrected':
      return [
        ...new Set([...actNamed(person, event.data), ...actsAbout(person, affectedItems(person, event))]),
      ];
    case 'InformationDescribed':
    case 'InformationRequalified':
      return actsAbout(person, [event.data.item]);
    case 'HoldingDeclared':
    case 'PersonInformed':
    case 'ConsentGranted':
    case 'ConsentRefused':
    case 'ConsentWithdrawn':
    case 'ObjectionRaised':
    case 'ObjectionLifted':
    case 'CareRelationStarted':
    case 'CareRelationEnded':
      return [...person.acts.values()].filter(({ effectiveAt }) => bearsOn(event.effectiveAt, effectiveAt));
    case 'OutsiderRegistered':
      return actsNaming(person, new Set([`outsider:${event.data.outsider}`]));
    // Who may speak, and which cases there are, is asked of acts whenever they took place.
    case 'CapacityAssessed':
    case 'RepresentationEstablished':
    case 'RepresentationEnded':
    case 'CaseReferred':
      return [...person.acts.values()];
    default:
      return [];
  }
}

/** Acts that somebody of these makes or receives. */
export function actsNaming(person: ActivePerson, holders: ReadonlySet<string>): readonly Act[] {
  return [...person.acts.values()].filter(({ discloser, recipients }) =>
    [...(discloser ? [discloser] : []), ...recipients].some((one) => holders.has(holderKey(one))),
  );
}

/** Not over before the fact began; on one day the record, or a rule for whole days, decides. */
function bearsOn(fact: Effective, act: Effective): boolean {
  return endMs(act) > startMs(fact) || dayOf(act) >= dayOf(fact);
}

function actsAbout(person: ActivePerson, items: readonly ItemId[]): readonly Act[] {
  return [...new Set(items.flatMap((item) => actsOn(person, item)))];
}

/** An act of which nobody knows what it was about hangs on no item. */
function actNamed(person: ActivePerson, { disclosure }: Pick<Act, 'disclosure'>): readonly Act[] {
  const act = person.acts.get(disclosure);
  return act ? [act] : [];
}

/**
 * An act that was recorded just now, and what was told of the same since by those it reached, through however many
 * hands: fences follow an item along the whole chain.
 */
function hangingOn({ person, elsewhere, waysOf }: Judgements, fresh: Act): readonly Act[] {
  const ways = fresh.items.map(({ item }) => waysOf(item));
  const hanging = new Map([[fresh.disclosure, fresh]]);
  const reached = new Set<string>();
  for (const act of hanging.values())
    for (const key of receiversOf(person, act, elsewhere)) {
      if (reached.has(key)) continue;
      reached.add(key);
      for (const { act: told } of ways.flatMap((one) => one.toldBy(key)))
        if (bearsOn(fresh.effectiveAt, told.effectiveAt))
          hanging.set(told.disclosure, person.acts.get(told.disclosure)!);
    }
  return [...hanging.values()];
}

/** Its recipients under whichever mandate, and who declared to have something from it. */
function receiversOf(person: ActivePerson, act: Act, elsewhere: Elsewhere): readonly string[] {
  const declared = act.items
    .flatMap(({ item }) => [...(person.holdings.get(item) ?? [])])
    .filter(({ source }) => source.kind === 'disclosure' && source.disclosure === act.disclosure)
    .map(({ holder }) => holder);
  return [...act.recipients, ...declared].flatMap((one) =>
    one.kind === 'mandate'
      ? mandatesOfHolder(elsewhere, one.mandate).map((id) => `mandate:${id}`)
      : [nodeKey(one, act)],
  );
}
