import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { unknownReference } from '../rules.js';
import type { CareRelationStarted } from '../identity.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { startCareRelation } from './start-care-relation.js';

export interface CareRelationWish {
  /** Left out: the caller's. */
  readonly mandate?: string;
  readonly said: Omit<CareRelationStarted['data'], 'mandate' | 'institution'>;
  readonly effectiveAt?: Effective;
}

export class StartCareRelationCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: CareRelationWish,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(StartCareRelationCommand)
export class StartCareRelationHandler implements ICommandHandler<StartCareRelationCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, wish, request }: StartCareRelationCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const named = wish.mandate ?? (facts.caller.kind === 'mandate' ? facts.caller.id : '');
      const carer = await this.directory.mandate(named);
      if (!carer) return unknownReference('mandate', 'mandate of this ledger: name the one that takes part');
      const { mandate, institution } = carer;
      const relation = { mandate: mandate.mandate, institution, ...wish.said };
      return startCareRelation(state, { relation, mandate, effectiveAt: wish.effectiveAt }, facts);
    });
  }
}
