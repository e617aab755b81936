import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Actor, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import {
  PersonDesk,
  resolveRecipient,
  resolveRecipients,
  resolveScopes,
  unknownReference,
  type ConsentId,
  type Explained,
  type PersonId,
  type ProvisionCode,
  type RecipientRequest,
  type ReportedData,
  type Resolved,
} from '#person';
import type { Catalogue } from '#catalogue';
import { basisOf } from '../basis.js';
import { Intentions } from '../intention.query.js';
import { reportDisclosure } from './report-disclosure.js';

/** What is told about a disclosure, before the parties to it are looked up. */
export interface DisclosureTold {
  readonly discloser?: RecipientRequest;
  readonly recipients?: readonly RecipientRequest[];
  readonly onward?: readonly RecipientRequest[];
  readonly provision?: ProvisionCode;
  readonly consents: readonly ConsentId[];
  /** Left out: the caller's mandate. */
  readonly reporter?: string;
  readonly said: Omit<
    ReportedData,
    'disclosure' | 'discloser' | 'recipients' | 'onward' | 'basis' | 'reporter' | 'cites'
  >;
  /** What is told beside the act, for whoever records it alone. */
  readonly explained: Explained;
  readonly effectiveAt: Effective;
}

type PartiesTold = Pick<ReportedData, 'discloser' | 'onward'> & Required<Pick<ReportedData, 'recipients'>>;

export class ReportDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly told: DisclosureTold,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReportDisclosureCommand)
export class ReportDisclosureHandler implements ICommandHandler<ReportDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  execute({ person, told, request }: ReportDisclosureCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const reporter = reporterOf(told, facts.caller);
      if (reporter === undefined) return unknownReference('reporter', 'reporter: say who reports it');
      const parties = await this.partiesOf(told);
      if (parties.kind === 'rejected') return parties;
      const report: ReportedData = {
        ...told.said,
        ...parties.value,
        ...basisTold(told, facts.catalogue),
        disclosure: asId<'Disclosure'>(randomUUID()),
        reporter,
      };
      const { explained, effectiveAt } = told;
      const past = await this.intentions.factsThen({ ...parties.value, effectiveAt }, state, facts);
      return reportDisclosure(state, { report, explained, effectiveAt }, past);
    });
  }

  private async partiesOf({
    discloser,
    recipients = [],
    onward,
  }: DisclosureTold): Promise<Resolved<PartiesTold>> {
    const from = discloser && (await resolveRecipient(this.directory, 'discloser', discloser));
    if (from?.kind === 'rejected') return from;
    const to = await resolveRecipients(this.directory, 'recipients', recipients);
    if (to.kind === 'rejected') return to;
    const further = await resolveScopes(this.directory, 'onward', onward ?? []);
    if (further.kind === 'rejected') return further;
    const value = {
      recipients: to.value,
      ...(onward ? { onward: further.value } : {}),
      ...(from ? { discloser: from.value } : {}),
    };
    return { kind: 'resolved', value };
  }
}

function reporterOf({ reporter }: DisclosureTold, caller: Actor): string | undefined {
  return reporter ?? (caller.kind === 'mandate' ? caller.id : undefined);
}

/** A basis that nobody told of is left out: it is not known, which is not the same as none. */
function basisTold({ provision, consents }: DisclosureTold, catalogue: Catalogue) {
  if (provision === undefined && consents.length === 0) return {};
  return { basis: basisOf(catalogue, provision, consents) };
}
