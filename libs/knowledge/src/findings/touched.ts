import type { Effective, Recorded } from '#decider';
import { actsOn, holderKey, type Act, type ActivePerson, type ItemId, type PersonEvent } from '#person';
import { dayOf, endMs, startMs } from '#time';
import { affectedItems } from '../affected.js';
import { mandatesOfHolder, type Elsewhere } from '../elsewhere/elsewhere.js';
import { nodeKey } from '../tellings.js';

/**
 * Acts of which an event on the person's stream can change what is found. `person` is the state after it. A fact
 * that bears on acts from its date on leaves those before it alone.
 */
export function touchedActs(
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  elsewhere: Elsewhere,
): readonly Act[] {
  switch (event.type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported': {
      const fresh = person.acts.get(event.data.disclosure);
      return fresh ? hangingOn(person, fresh, elsewhere) : [];
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
function hangingOn(person: ActivePerson, fresh: Act, elsewhere: Elsewhere): readonly Act[] {
  const items = fresh.items.map(({ item }) => item);
  const hanging = new Set([fresh]);
  const reached = new Set<string>();
  const later = actsAbout(person, items).filter((act) => bearsOn(fresh.effectiveAt, act.effectiveAt));
  const tellsOn = (act: Act) => act.discloser !== undefined && reached.has(nodeKey(act.discloser, act));
  for (let added: readonly Act[] = [fresh]; added.length > 0;) {
    for (const key of added.flatMap((act) => receiversOf(person, act, elsewhere))) reached.add(key);
    added = later.filter((act) => !hanging.has(act) && tellsOn(act));
    for (const act of added) hanging.add(act);
  }
  return [...hanging];
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
