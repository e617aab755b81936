import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory, unknownReference } from '#directory';
import type { CommandRequest } from '#http';
import {
  PersonDesk,
  resolveScope,
  resolveScopes,
  type ConsentData,
  type PersonId,
  type RecipientRequest,
  type Scope,
  type ScopeRequest,
} from '#person';
import { grantConsent } from './grant-consent.js';

/** The consent as it was asked for, before its recipients are looked up. */
export interface ConsentWish extends Omit<ConsentData, keyof Scope | 'consent' | 'onward'> {
  readonly scope: ScopeRequest;
  readonly onward: readonly RecipientRequest[];
}

export class GrantConsentCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: ConsentWish,
    readonly effectiveAt: Effective,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(GrantConsentCommand)
export class GrantConsentHandler implements ICommandHandler<GrantConsentCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, wish, effectiveAt, request }: GrantConsentCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const scope = await resolveScope(this.directory, '', wish.scope);
      if (scope.kind === 'rejected') return scope;
      const onward = await resolveScopes(this.directory, 'onward', wish.onward);
      if (onward.kind === 'rejected') return onward;
      const { scope: _, ...said } = wish;
      if (said.discloser !== undefined && !(await this.directory.mandate(said.discloser)))
        return unknownReference('discloser', 'mandate of this ledger');
      const consent: ConsentData = {
        ...said,
        ...scope.value,
        consent: asId<'Consent'>(randomUUID()),
        onward: onward.value,
      };
      return grantConsent(state, { consent, effectiveAt }, facts);
    });
  }
}
