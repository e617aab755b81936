import { World, type Body, type Someone } from '../harness.js';

/** Somebody who tells or who receives, as the case describes them: what is left out does not hold of them. */
export interface Party {
  /** Categories of professionals, as provisions list them. */
  readonly is?: readonly string[];
  /** Texts by which they are bound by secrecy. */
  readonly bound?: readonly string[];
  /** Purposes that their mission serves. */
  readonly serves?: readonly string[];
  /** The same name in one case: the same institution. */
  readonly at?: string;
  /** Takes part in the person's care, in this team, until this day. */
  readonly care?: true | { readonly team?: string; readonly until?: string };
  /** Kind of commission in which they have a seat; `other case`: a seat that does not cover this one. */
  readonly sits?: string;
  readonly sitsFor?: 'other case';
  readonly sitsUntil?: string;
  /** Last day of the mandate. */
  readonly until?: string;
  /** Somebody without a mandate here. */
  readonly outsider?: Body;
  /** A function inside the institution. */
  readonly function?: Body;
  /** What the mandate says that its holder does. */
  readonly named?: string;
  /** Another mandate of the same human being, under which the items were learnt first. */
  readonly also?: Party;
}

/** Something known, by its label. */
export interface Thing {
  readonly category: string;
  /** Left out: what its category says; null: not declared. */
  readonly level?: string | null;
  readonly unjustified?: true;
  /** What the discloser declares of it: the whole file, commentary, unrelated. */
  readonly as?: Body;
  /** The rest of its description. */
  readonly more?: Body;
}

/** What was said or told, when, about what: by default this case's items, recipients and purpose. */
export interface Word {
  readonly what: 'told' | 'agreed' | 'refused' | 'objected' | 'lifted' | 'withdrew';
  readonly on: string;
  /** The representative who said it, or was told; left out: the person. */
  readonly by?: string;
  /** It names nothing: a general notice, a refusal of everything. */
  readonly general?: true;
  /** Recipients are named by their institutions. */
  readonly institutions?: readonly string[];
  /** Only this recipient may rely on it, as discloser. */
  readonly usedBy?: string;
  readonly more?: Body;
}

export interface Case {
  readonly person?: Body;
  /** Who may speak for the person; `held`: the recipient whose mandate it is. */
  readonly voices?: Readonly<Record<string, Body & { readonly held?: string }>>;
  /** What an assessment of capacity found. */
  readonly able?: boolean;
  readonly from: Party;
  readonly to: Readonly<Record<string, Party>>;
  readonly items: Readonly<Record<string, Thing>>;
  readonly words?: readonly Word[];
  readonly on: string;
  readonly purpose: string;
  readonly provision?: string;
  /** What else the request says, or does not say. */
  readonly request?: Body;
}

type More = Omit<Word, 'what' | 'on'>;
const word =
  (what: Word['what']) =>
  (on: string, more: More = {}): Word => ({ what, on, ...more });
export const told = word('told');
export const agreed = word('agreed');
export const refused = word('refused');
export const objected = word('objected');
export const lifted = word('lifted');
export const withdrew = word('withdrew');
/** Told and, on the same day, agreed. */
export const open = (on: string, more: More = {}): readonly Word[] => [
  told(on, { ...more, more: {} }),
  agreed(on, more),
];

export const ADULT = { birthDate: '1980-05-17' };
export const CHILD = { birthDate: '2020-05-17' };
export const MOTHER = {
  mother: { kind: 'parental-authority', domain: 'personal', instrument: 'livret de famille', verified: true },
};
export const PARENTS = { ...MOTHER, father: MOTHER.mother };

/** A case that really happened in a ledger, up to the question whether its act may be done. */
export interface Staged {
  readonly world: World;
  readonly person: Someone;
  readonly from: Held;
  readonly to: Readonly<Record<string, Held>>;
  readonly items: Readonly<Record<string, string>>;
  readonly voices: Readonly<Record<string, string>>;
  /** The act as it is asked for, and then recorded. */
  readonly act: Body;
}

export interface Held {
  /** As a recipient. */
  readonly to: Body;
  /** As a caller, where it is a mandate. */
  readonly by: string;
  readonly mandate: string;
  readonly institution: string;
}

/** In order but for what the case says: section (f) of the legal page. */
export function actOf(
  { purpose, provision, on, items: things, request }: Case,
  items: Staged['items'],
  to: Staged['to'],
): Body {
  const asked = Object.entries(things).map(([name, { unjustified, as }]) => ({
    item: items[name],
    ...(unjustified ? {} : { justification: 'Nécessaire au point examiné.' }),
    ...as,
  }));
  return {
    items: asked,
    recipients: Object.values(to).map((one) => one.to),
    purpose,
    provision,
    objective: 'Décider ensemble',
    benefit: 'Une réponse adaptée',
    frame: 'exchange',
    channel: 'secure-messaging',
    retentionRule: 'end-of-follow-up',
    responsibleManager: 'Direction du service',
    effectiveAt: on,
    ...request,
  };
}
