import { loadCatalogue } from '#catalogue';
import { World, type Body, type Someone } from '../harness.js';
import {
  actOf,
  ADULT,
  type Case,
  type Held,
  type Party,
  type Staged,
  type Thing,
  type Word,
} from './cases.js';

const catalogue = loadCatalogue();
const LEARNT = '2026-01-02';
const START = '2025-01-01';

/** Commissions by their kind: for which purpose they sit, under which provision. */
const COMMISSIONS: Readonly<Record<string, readonly [purpose: string, regime: string]>> = {
  'MDPH-EP': ['disability-assessment', 'casf-l241-10-team'],
  CDAPH: ['disability-decision', 'casf-l241-10-cdaph'],
  CLSPD: ['delinquency-prevention', 'csi-l132-5-clspd'],
  CISPD: ['delinquency-prevention', 'csi-l132-13-cispd'],
  CCAPEX: ['eviction-prevention', 'loi-90-449-7-2-from-instructor'],
};

/** Plays everything that comes before the act, with real commands; then it is the day of the act. */
export async function stage(world: World, told: Case): Promise<Staged> {
  await world.on(told.on);
  return new Stage(world, told).play();
}

class Stage {
  private readonly institutions = new Map<string, string>();
  private readonly commissions = new Map<string, string>();
  private readonly last = { information: '', consent: '', objection: '' };
  private person!: Someone;
  private from!: Held;

  constructor(
    private readonly world: World,
    private readonly told: Case,
  ) {}

  async play(): Promise<Staged> {
    const { told, world } = this;
    this.person = await world.person({ ...ADULT, ...told.person });
    const actor = await this.actor('Discloser');
    const learntUnder = told.from.also && (await this.mandate('Discloser', told.from.also, actor));
    this.from = await this.mandate('Discloser', told.from, actor);
    const to: Record<string, Held> = {};
    for (const [name, party] of Object.entries(told.to)) to[name] = await this.party(name, party);
    const voices = await this.voices(to);
    if (told.able !== undefined) await this.assessed(told.able);
    const items: Record<string, string> = {};
    for (const [name, thing] of Object.entries(told.items))
      items[name] = await this.learnt(name, thing, learntUnder);
    for (const said of told.words ?? []) await this.said(said, voices, items, to);
    const { person, from } = this;
    return { world, person, from, to, items, voices, act: actOf(told, items, to) };
  }

  private on(path: string, body: Body): Promise<Body> {
    return this.world.client.as(this.from.by).tell(`${this.person.path}/${path}`, body);
  }

  private async actor(familyName: string): Promise<string> {
    const told = await this.world.client.tell('/v1/actors', { givenName: 'Dominique', familyName });
    return told['actor'] as string;
  }

  private async institution(name: string, functions: readonly Body[] = []): Promise<string> {
    const known = this.institutions.get(name);
    if (known !== undefined) return known;
    const body = { name, mission: 'Accompagnement', functions };
    const { institution } = await this.world.client.tell('/v1/institutions', body);
    this.institutions.set(name, institution as string);
    return institution as string;
  }

  private async party(name: string, party: Party): Promise<Held> {
    if (party.outsider) return this.outsider(name, party.outsider);
    if (party.function) return this.function(party);
    return this.mandate(name, party, await this.actor(name));
  }

  private async outsider(name: string, body: Body): Promise<Held> {
    const { outsider } = await this.on('outsiders', { kind: 'other', name, ...body });
    return { to: { kind: 'outsider', outsider }, by: '', mandate: '', institution: '' };
  }

  private async function({
    at = 'their institution',
    is,
    bound,
    function: said,
    care,
  }: Party): Promise<Held> {
    const code = { function: 'staff', name: 'Équipe', categories: is, secrecy: bound, ...said };
    const institution = await this.institution(at, [code]);
    if (care) await this.mandate('Staff', { at, care, named: 'Équipe' }, await this.actor('Staff'));
    const to = { kind: 'category', institution, function: code.function };
    return { to, by: '', mandate: '', institution };
  }

  private async mandate(name: string, party: Party, actor: string): Promise<Held> {
    const institution = await this.institution(party.at ?? `Service de ${name}`);
    const told = await this.world.client.tell(`/v1/institutions/${institution}/mandates`, {
      actor,
      mission: 'Accompagnement',
      purposes: party.serves ?? ['accountability-retention'],
      function: party.named ?? 'référent',
      profession: 'professionnel',
      categories: party.is,
      secrecy: party.bound,
      validFrom: START,
      validUntil: party.until,
    });
    const mandate = told['mandate'] as string;
    await this.relations(mandate, party);
    return { to: { kind: 'mandate', mandate }, by: `mandate:${mandate}`, mandate, institution };
  }

  private async relations(mandate: string, { care, sits, sitsFor, sitsUntil }: Party): Promise<void> {
    const { client } = this.world;
    const relations = `${this.person.path}/care-relations`;
    if (care) {
      const { team, until } = care === true ? {} : care;
      await client.tell(relations, { mandate, team, effectiveAt: START });
      if (until) await client.tell(`${relations}/${mandate}/end`, { until });
    }
    if (!sits) return;
    const cases = sitsFor ? ['00000000-0000-4000-8000-00000000dead'] : undefined;
    const seat = { mandate, validFrom: START, validUntil: sitsUntil, cases };
    await client.tell(`/v1/commissions/${await this.commission(sits)}/members`, seat);
  }

  private async commission(kind: string): Promise<string> {
    const known = this.commissions.get(kind);
    if (known !== undefined) return known;
    const [purpose, regime] = COMMISSIONS[kind]!;
    const secretariat = ['CDAPH', 'MDPH-EP'].includes(kind) ? 'MDPH' : `Secrétariat ${kind}`;
    const institution = await this.institution(secretariat);
    const body = { kind, name: `${kind} du Vernay`, institution, purpose, regime };
    const { commission } = await this.world.client.tell('/v1/commissions', body);
    this.commissions.set(kind, commission as string);
    return commission as string;
  }

  private async voices(to: Staged['to']): Promise<Staged['voices']> {
    const voices: Record<string, string> = {};
    for (const [name, { held, ...said }] of Object.entries(this.told.voices ?? {})) {
      const mandate = held === undefined ? undefined : to[held]!.mandate;
      const named = { familyName: 'Besnard', givenName: name, instrument: 'jugement', validFrom: START };
      const { representative } = await this.on('representations', { ...named, ...said, mandate });
      voices[name] = representative as string;
    }
    return voices;
  }

  private assessed(ableToDecide: boolean): Promise<Body> {
    const by = 'médecin traitant';
    return this.on('capacity-assessments', { ableToDecide, domain: 'personal', by, effectiveAt: LEARNT });
  }

  private async learnt(label: string, thing: Thing, under: Held | undefined): Promise<string> {
    const { category, level = catalogue.category(category as never)?.defaultLevel, more } = thing;
    const how = { purpose: this.told.purpose, source: { kind: 'observation' }, effectiveAt: LEARNT };
    const described = { category, label, ...(level === null ? {} : { level }), ...how, ...more };
    const caller = this.world.client.as((under ?? this.from).by);
    const { item } = await caller.tell(`${this.person.path}/items`, described);
    if (under) await this.on(`items/${String(item)}/holdings`, how);
    return item as string;
  }

  private async said(
    { what, on: effectiveAt, by, general, institutions, usedBy, more }: Word,
    voices: Staged['voices'],
    items: Staged['items'],
    to: Staged['to'],
  ): Promise<void> {
    const { last } = this;
    const speaker = by === undefined ? {} : { kind: 'representative', representative: voices[by] };
    const who = (field: string) => (by === undefined ? {} : { [field]: speaker });
    const named = institutions?.map((name) => ({
      kind: 'institution',
      institution: this.institutions.get(name),
    }));
    const recipients = named ?? Object.values(to).map((one) => one.to);
    const scope = { items: Object.values(items), recipients, purposes: [this.told.purpose] };
    const about = general ? {} : scope;
    const spoken = { means: 'written', effectiveAt, ...who('by') };
    const against = institutions ? { recipients, ...spoken, ...more } : { ...spoken, ...more };
    switch (what) {
      case 'told': {
        const body = { ...about, form: 'oral', effectiveAt, ...who('to'), ...more };
        last.information = (await this.on('informations', body))['information'] as string;
        return;
      }
      case 'agreed': {
        const followed = { information: last.information, validUntil: '2028-01-01' };
        const discloser = usedBy === undefined ? undefined : to[usedBy]!.mandate;
        const body = { ...about, ...spoken, ...followed, discloser, ...more };
        last.consent = (await this.on('consents', body))['consent'] as string;
        return;
      }
      case 'refused':
        await this.on('refusals', against);
        return;
      case 'objected':
        last.objection = (await this.on('objections', against))['objection'] as string;
        return;
      case 'lifted':
        await this.on(`objections/${last.objection}/lift`, spoken);
        return;
      case 'withdrew':
        await this.on(`consents/${last.consent}/withdrawals`, { ...spoken, ...more });
        return;
    }
  }
}
