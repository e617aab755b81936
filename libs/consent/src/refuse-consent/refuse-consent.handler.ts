import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, resolveScope, type PersonId, type RefusalData, type ScopeRequest } from '#person';
import { refuseConsent } from './refuse-consent.js';

/** The refusal as it was said, before its recipients are looked up. */
export interface RefusalSaid extends Pick<RefusalData, 'by' | 'means'> {
  readonly scope: ScopeRequest;
  readonly effectiveAt?: Effective;
}

export class RefuseConsentCommand {
  constructor(
    readonly person: PersonId,
    readonly said: RefusalSaid,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RefuseConsentCommand)
export class RefuseConsentHandler implements ICommandHandler<RefuseConsentCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, said, request }: RefuseConsentCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const scope = await resolveScope(this.directory, '', said.scope);
      if (scope.kind === 'rejected') return scope;
      const { by, means, effectiveAt } = said;
      const refusal = { ...scope.value, refusal: asId<'Consent'>(randomUUID()), by, means };
      return refuseConsent(state, { refusal, effectiveAt }, facts);
    });
  }
}
