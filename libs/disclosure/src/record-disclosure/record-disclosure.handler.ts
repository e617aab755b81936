import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import {
  PersonDesk,
  resolveRecipients,
  resolveScopes,
  unknownReference,
  type ConsentId,
  type DisclosureData,
  type PersonId,
  type ProvisionCode,
  type RecipientRequest,
  type RecipientScope,
} from '#person';
import { recordDisclosure } from './record-disclosure.js';

/** The act as it was asked for, before its parties are looked up. */
export interface DisclosureWish extends Omit<
  DisclosureData,
  'disclosure' | 'discloser' | 'recipients' | 'onward' | 'basis' | 'cites'
> {
  /** Left out: the caller's mandate. */
  readonly discloser?: string;
  readonly recipients: readonly RecipientRequest[];
  readonly onward: readonly RecipientRequest[];
  readonly provision?: ProvisionCode;
  readonly consents?: readonly ConsentId[];
}

export class RecordDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: DisclosureWish,
    readonly effectiveAt: Effective,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RecordDisclosureCommand)
export class RecordDisclosureHandler implements ICommandHandler<RecordDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, wish, effectiveAt, request }: RecordDisclosureCommand) {
    const { discloser, recipients, onward, provision, consents, ...said } = wish;
    const by = discloser ?? (request.caller.kind === 'mandate' ? request.caller.id : '');
    return this.desk.decide(person, request, async (state, facts) => {
      const known = await this.directory.mandate(by);
      if (!known) return unknownReference('discloser', 'mandate of this ledger');
      const to = await resolveRecipients(this.directory, 'recipients', recipients);
      if (to.kind === 'rejected') return to;
      const further = await resolveScopes(this.directory, 'onward', onward);
      if (further.kind === 'rejected') return further;
      const act = {
        ...said,
        disclosure: asId<'Disclosure'>(randomUUID()),
        discloser: {
          kind: 'mandate',
          mandate: known.mandate.mandate,
          institution: known.institution,
        } as const,
        recipients: to.value,
        onward: further.value as readonly RecipientScope[],
      };
      const parties = to.value.flatMap((r) => (r.kind === 'mandate' ? [r.mandate] : []));
      const mandates = await this.directory.mandates([by, ...parties]);
      const basis = { ...(provision ? { provision } : {}), ...(consents ? { consents } : {}) };
      return recordDisclosure(state, { act, ...basis, effectiveAt }, { ...facts, mandates });
    });
  }
}
