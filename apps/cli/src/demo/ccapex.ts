import { by, to, type Cast, type Professional } from './cast.js';
import type { Body, Teller } from './teller.js';

/** A session of the CCAPEX: constituted, prepared, held, closed, forgotten. */
export interface Hearing {
  /** Of the session, in the API. */
  readonly path: string;
  readonly case: string;
}

const EVICTION = 'eviction-prevention';

/** The commission of the département, kept by the DDT; a member of the landlord's sits in it too. */
export async function constitute(teller: Teller, cast: Cast): Promise<string> {
  const { vidal, lopez, bonnet } = cast.people;
  const told = await teller.tell('client:story', 'commission-ccapex', '/v1/commissions', {
    kind: 'CCAPEX',
    name: 'CCAPEX du Vernay',
    institution: cast.institutions.ddt,
    purpose: EVICTION,
    regime: 'loi-90-449-7-2-from-instructor',
  });
  const commission = told['commission'] as string;
  for (const [key, { mandate }] of Object.entries({ vidal, lopez, bonnet }))
    await teller.tell('client:story', `member-ccapex-${key}`, `/v1/commissions/${commission}/members`, {
      mandate,
      validFrom: '2025-01-01',
    });
  return commission;
}

/** The examiner refers the case with her report, and the session is convened. */
export async function refer(
  teller: Teller,
  cast: Cast,
  person: string,
  commission: string,
  items: readonly string[],
): Promise<Hearing> {
  const vidal = by(cast.people.vidal);
  await teller.on('2026-04-15');
  const referred = await teller.tell(vidal, 'diallo-case', `/v1/persons/${person}/cases`, {
    commission,
    question: 'Maintien dans le logement',
    whyCollective: 'La dette, les aides et le relogement relèvent de services différents.',
    items: items.map((item) => ({ item, justification: 'Apprécier la menace d’expulsion.' })),
    benefit: 'Rester dans le logement',
    responsibleManager: 'Direction de la DDT',
    report: {
      date: '2026-04-15',
      diagnosisSources: 'Service social du Département',
      criteria: 'Règlement intérieur de la CCAPEX',
      knownToPerson: true,
    },
    effectiveAt: '2026-04-15',
  });
  const sessions = `/v1/commissions/${commission}/sessions`;
  const convened = await teller.tell(vidal, 'ccapex-session', sessions, { on: '2026-04-21' });
  const hearing = { path: `${sessions}/${String(convened['session'])}`, case: referred['case'] as string };
  await teller.tell(vidal, 'ccapex-agenda', `${hearing.path}/agenda`, { case: hearing.case });
  return hearing;
}

/** On 21 April: the landlord's member may not hear the report and leaves the room. */
export async function hold(teller: Teller, cast: Cast, person: string, hearing: Hearing): Promise<string> {
  const { vidal, lopez, bonnet } = cast.people;
  const item = `${hearing.path}/agenda/${hearing.case}`;
  await teller.on('2026-04-21');
  const inTheRoom = (key: string, ...present: readonly Professional[]) =>
    teller.tell(by(vidal), `ccapex-attendance-${key}`, `${item}/attendance`, {
      present: present.map(({ mandate }) => mandate),
    });
  await inTheRoom('all', vidal, lopez, bonnet);
  const refused = await teller.tellRefused(by(vidal), 'ccapex-tabling-all', `${item}/tabling`, {});
  await inTheRoom('bound', vidal, lopez);
  await teller.tell(by(vidal), 'ccapex-tabling', `${item}/tabling`, {});
  await conclude(teller, by(vidal), person, hearing);
  await teller.tell(by(vidal), 'ccapex-close', `${hearing.path}/close`, {});
  return String(refused['detail']);
}

async function conclude(teller: Teller, caller: string, person: string, hearing: Hearing): Promise<void> {
  const path = `/v1/persons/${person}/cases/${hearing.case}/conclusions`;
  await teller.tell(caller, 'ccapex-opinion', path, {
    kind: 'opinion',
    session: hearing.path.split('/').at(-1),
    label: 'Avis favorable au maintien dans le logement',
    levers: 'Saisine du FSL, plan d’apurement sur 24 mois',
    accompaniment: 'Mesure d’accompagnement social lié au logement',
    cooperation: 'Service social et bailleur : un point chaque mois',
  });
}

/** What was heard cannot be used in one's own mission (C7); the papers are destroyed, the memory stays. */
export async function forget(
  teller: Teller,
  cast: Cast,
  person: string,
  items: readonly string[],
): Promise<string> {
  const { lopez, noel } = cast.people;
  const refused = await teller.tellRefused(
    by(lopez),
    'ccapex-reuse',
    `/v1/persons/${person}/disclosures`,
    reuse(items[0]!, noel),
  );
  await teller.on('2026-04-22');
  await teller.tell(by(lopez), 'ccapex-purge', `/v1/persons/${person}/purges`, {
    items,
    remains: 'memory',
    why: 'Entendu en séance ; documents détruits.',
    effectiveAt: '2026-04-22',
  });
  return String(refused['detail']);
}

function reuse(item: string, recipient: Professional): Body {
  return {
    items: [{ item, justification: 'Préparer un secours de la commune.' }],
    recipients: [to(recipient)],
    purpose: 'social-action-coordination',
    objective: 'Secours de la commune',
    benefit: 'Une aide ponctuelle',
    provision: 'casf-l121-6-2-sharing',
    frame: 'exchange',
    channel: 'phone',
    retentionRule: 'end-of-follow-up',
    responsibleManager: 'Direction du service logement',
    effectiveAt: '2026-04-21',
  };
}
