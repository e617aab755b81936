import type { Code } from '#decider';
import type { Catalogue, Provision, Text } from '#catalogue';
import type { Alternative, OtherWay } from './assessment.js';
import type { Act } from './cell.js';
import { recipientFacts } from './cells.js';
import { statesOf, verdictOfAll, type Judged } from './fold.js';
import { POINTS, type PointNumber } from './points.js';
import type { DisclosureRequest } from './request.js';
import type { Verdict } from './verdict.js';

const RANK: Readonly<Record<Verdict, number>> = {
  allow: 0,
  'allow-with-duties': 1,
  escalate: 2,
  deny: 3,
};
/** More would not be read by somebody in a hurry. */
const MOST_SHOWN = 8;

/** Judges the same act under another provision and purpose; passed in so that this file knows no circle. */
export type Retry = (request: DisclosureRequest) => readonly Judged[];

/**
 * Provisions under which the same act would pass or need less, those for the purpose asked first. Listed where no
 * provision or an unfit one is cited: one that authorises nothing, or that does not fit purpose, level or parties.
 */
export function alternativesTo(act: Act, cells: readonly Judged[], retry: Retry): readonly Alternative[] {
  const verdict = verdictOfAll(cells);
  const blocked = pointsIn(cells, ['block']);
  const unfit = act.provision === undefined || [1, 3, 5].some((p) => blocked.includes(p as PointNumber));
  if (!unfit || RANK[verdict] === 0) return [];
  return candidates(act)
    .map(({ provision, purpose }) => {
      const tried = retry({ ...act.request, provision: provision.id, purpose });
      const alternative: Alternative = {
        provision: provision.id,
        citation: provision.citation,
        title: provision.title,
        caution: provision.reliability.caution,
        purpose,
        otherPurpose: purpose !== act.request.purpose,
        verdict: verdictOfAll(tried),
        open: pointsIn(tried, ['warn', 'escalate', 'block']),
      };
      return { alternative, blocks: pointsIn(tried, ['block']) };
    })
    .filter(
      ({ alternative, blocks }) => RANK[alternative.verdict] < RANK[verdict] || isSubset(blocks, blocked),
    )
    .map(({ alternative }) => alternative)
    .sort(samePurposeThenLeastOpen)
    .slice(0, MOST_SHOWN);
}

function samePurposeThenLeastOpen(a: Alternative, b: Alternative): number {
  return (
    Number(a.otherPurpose) - Number(b.otherPurpose) ||
    RANK[a.verdict] - RANK[b.verdict] ||
    a.open.length - b.open.length
  );
}

/** Fewer obstacles, and no new one. */
function isSubset(blocks: readonly PointNumber[], blocked: readonly PointNumber[]): boolean {
  return blocks.length < blocked.length && blocks.every((point) => blocked.includes(point));
}

function pointsIn(cells: readonly Judged[], states: readonly string[]): readonly PointNumber[] {
  const found = statesOf(cells);
  return POINTS.filter((point) => states.includes(found[point]));
}

/** Only provisions that list discloser and recipients: another recipient would be another act. */
function candidates(act: Act) {
  const { catalogue, facts, request } = act;
  const recipients = request.recipients.map((_, i) => recipientFacts(act, i));
  return catalogue
    .provisionsFor({ discloserCategories: facts.discloser.categories })
    .filter((provision) => recipients.every((r) => lists(provision, r.categories, catalogue)))
    .flatMap((provision) => provision.purposes.map((purpose: Code<'Purpose'>) => ({ provision, purpose })))
    .filter(({ provision, purpose }) => provision.id !== request.provision || purpose !== request.purpose);
}

function lists({ recipients }: Provision, carried: readonly string[], catalogue: Catalogue): boolean {
  const all = catalogue.allCategories(carried);
  return recipients.categories.includes('any') || recipients.categories.some((c) => all.has(c));
}

const WAYS: Readonly<
  Record<OtherWay['way'], { readonly text: Text; readonly provisions: readonly string[] }>
> = {
  'hand-to-person': {
    text: {
      fr: 'Remettez l’information à la personne, ou à ses parents : elle la transmet si elle le veut.',
      en: 'Hand the information to the person, or to the parents: they pass it on if they wish.',
    },
    provisions: [],
  },
  'on-behalf': {
    text: {
      fr: 'Faites la démarche pour la personne, avec son accord sur chaque élément et le destinataire.',
      en: 'Make the request for the person, who agrees to each item and to the recipient.',
    },
    provisions: ['cc-1984-on-behalf'],
  },
  'colleague-takes-over': {
    text: {
      fr: 'Pour un collègue qui reprend la même situation, citez le texte qui le permet.',
      en: 'For a colleague taking over the same situation, cite the provision that allows it.',
    },
    provisions: ['casf-l121-6-2-sharing', 'csp-l1110-4-iii-same-team'],
  },
  'anonymous-facts': {
    text: {
      fr: 'Parlez de faits anonymes ou du territoire : ils ne concernent personne.',
      en: 'Speak of anonymous or territorial facts: they concern nobody.',
    },
    provisions: [],
  },
  'alert-if-danger': {
    text: {
      fr: 'S’il y a danger pour un enfant ou une personne vulnérable, alertez l’autorité que la loi désigne.',
      en: 'If a child or vulnerable person is in danger, alert the authority that the law designates.',
    },
    provisions: ['casf-l226-2-1', 'casf-l119-2-bound'],
  },
  'written-requisition': {
    text: {
      fr: 'Demandez une réquisition écrite : qui la fait, selon quel texte, pour quelles informations.',
      en: 'Ask for a written requisition: who makes it, under which text, for which information.',
    },
    provisions: ['cpp-60-1-requisition', 'cpp-77-1-1-requisition', 'cpp-99-3-requisition'],
  },
};

const INVESTIGATORS: ReadonlySet<string> = new Set([
  'police',
  'judicial-police-officer',
  'prosecutor',
  'investigating-judge',
]);

/** Offered with every refusal: a refusal that leaves no way forward would be got round. */
export function otherWaysTo(act: Act, verdict: Verdict): readonly OtherWay[] {
  const ways = Object.keys(WAYS) as OtherWay['way'][];
  return ways.filter((way) => isOpen(way, act, verdict)).map((way) => otherWay(way, act));
}

/** Whoever inquires is asked to write, also where a named human being would have to decide on what they say. */
function isOpen(way: OtherWay['way'], act: Act, verdict: Verdict): boolean {
  if (way !== 'written-requisition') return verdict === 'deny';
  return (verdict === 'deny' || verdict === 'escalate') && isAskedByInvestigators(act);
}

function isAskedByInvestigators(act: Act): boolean {
  if (act.purpose?.code === 'judicial-requisition') return true;
  return act.request.recipients.some((_, i) =>
    recipientFacts(act, i).categories.some((category) => INVESTIGATORS.has(category)),
  );
}

function otherWay(way: OtherWay['way'], { catalogue, request }: Act): OtherWay {
  const { text, provisions } = WAYS[way];
  const open = catalogue
    .provisionsFor({})
    .filter(({ id }) => provisions.includes(id) && id !== request.provision);
  const caution = open.map(({ reliability }) => reliability.caution).find((one) => one !== null) ?? null;
  return { way, text, provisions: open.map(({ id }) => id), caution };
}
