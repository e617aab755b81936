import { endMs, parseEffective, startMs } from '#time';
import type { CivilDate, Effective } from '#decider';
import type { DutyKind } from '#catalogue';
import { after } from './calendar.js';
import { blank, type Cell } from './cell.js';
import type { PartyFacts } from './facts.js';
import { asksBenefit } from './point-1-purpose.js';
import { isInOffice } from './point-5-standing.js';
import { RULES } from './rules/rules.js';
import type { Weighed } from './safety.js';

/** What somebody owes once the item is passed on, and by when. */
export interface CellDuty {
  readonly kind: DutyKind;
  readonly debtor: 'discloser' | 'recipient' | 'institution';
  readonly deadline: Effective;
  /** Holds until its deadline, instead of being done by then. */
  readonly standing: boolean;
}

const BY_RECIPIENT: ReadonlySet<DutyKind> = new Set<DutyKind>([
  'acknowledge-receipt',
  'purge',
  'no-onward-sharing',
  'attest-destruction',
]);
const STANDING: ReadonlySet<DutyKind> = new Set<DutyKind>(['no-onward-sharing', 'notify-changes']);

/** Duties that follow from an act with these rulings; those of what blocks or escalates do not arise yet. */
export function dutiesOf(cell: Cell, weighed: readonly Weighed[]): readonly CellDuty[] {
  const fromRules = weighed
    .filter(({ state }) => state !== 'block' && state !== 'escalate')
    .map(({ rule }) => RULES[rule].duty)
    .filter((kind) => kind !== undefined);
  const softened = weighed.some((w) => w.softened) ? (['settle-after-alert'] as const) : [];
  const decide = weighed.some((w) => w.state === 'escalate') ? (['decide-escalation'] as const) : [];
  const kinds = new Set<DutyKind>([...ofEveryAct(cell), ...fromRules, ...softened, ...decide]);
  return [...kinds].map((kind) => ({
    kind,
    debtor: kind === 'decide-escalation' ? 'institution' : BY_RECIPIENT.has(kind) ? 'recipient' : 'discloser',
    deadline: deadlineOf(kind, cell),
    standing: STANDING.has(kind),
  }));
}

function ofEveryAct(cell: Cell): readonly DutyKind[] {
  const bound = cell.level === 'secret' || cell.provision?.recipients.mustBeBoundBySecrecy === true;
  return [
    'acknowledge-receipt',
    'purge',
    'no-onward-sharing',
    'notify-changes',
    ...(bound ? (['tell-secrecy'] as const) : []),
    ...(asksBenefit(cell) ? (['record-effect'] as const) : []),
  ];
}

/** The provision's own deadline, else the catalogue's; what lasts, lasts until the purge. */
function deadlineOf(kind: DutyKind, cell: Cell): Effective {
  if (kind === 'purge' || STANDING.has(kind)) return purgeBy(cell);
  const own = cell.catalogue.duration(cell.provision?.duration.code ?? 'not-specified');
  const period = own?.duty === kind && own.period ? own.period : cell.catalogue.deadline(kind).period;
  return after(cell.at, period);
}

function purgeBy(cell: Cell): Effective {
  const { request, catalogue, at } = cell;
  return request.retention?.until ?? expiryByRule(cell) ?? after(at, catalogue.deadline('purge').period);
}

/** When the chosen rule ends, where it counts from the disclosure and its figure is known. */
export function expiryByRule({ request, catalogue, at }: Cell): CivilDate | undefined {
  const rule = request.retention && catalogue.retention(request.retention.rule);
  return rule?.period && rule.from === 'disclosure' ? after(at, rule.period) : undefined;
}

/** A duty whose deadline has passed, or whose debtor's mandate is not in force, cannot be met. */
export function cannotBeMet(duty: CellDuty, cell: Cell): boolean {
  const now = cell.request.assessedAt ?? cell.at;
  if (duty.debtor === 'institution') return false;
  const debtor: PartyFacts = duty.debtor === 'discloser' ? cell.facts.discloser : cell.recipient;
  return endMs(duty.deadline) <= startMs(now) || !isInOffice(debtor, cell);
}

/** The last day that the rule allows at all; one that counts from birth has an end whatever is disclosed when. */
export function limitOfRule(cell: Cell): CivilDate | undefined {
  const { request, catalogue, facts } = cell;
  const rule = request.retention && catalogue.retention(request.retention.rule);
  if (rule?.from !== 'birth') return expiryByRule(cell);
  const born = facts.person.birthDate === undefined ? undefined : parseEffective(facts.person.birthDate);
  return born && rule.period ? after(born, rule.period) : undefined;
}

/** Whether the chosen rule was made for this purpose and this kind of information; an unknown kind is not held against it. */
export function isRuleForIt({ request, catalogue, item }: Cell): boolean {
  const { purposes, categories } =
    (request.retention && catalogue.retention(request.retention.rule)?.appliesTo) ?? {};
  const { purpose } = request;
  const { category } = item;
  return (
    (purposes === undefined || purpose === undefined || purposes.includes(purpose)) &&
    (categories === undefined || category === undefined || categories.includes(category))
  );
}

export function isRetentionChosen({ request, catalogue }: Cell): boolean {
  const rule = request.retention?.rule;
  return !blank(rule) && rule !== undefined && catalogue.retention(rule) !== undefined;
}
