import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accept } from '#decider';
import type { Outcome } from '#event-store';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { Intentions, type DisclosureWish } from '../intention.query.js';
import { assessDisclosure, type Assessed } from './assess-disclosure.js';

export class AssessDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: DisclosureWish,
    readonly request: CommandRequest,
  ) {}
}

export interface AssessedIntention {
  readonly outcome: Outcome<never>;
  /** There when the outcome is no rejection. */
  readonly assessed: Assessed | undefined;
}

/** A decision that appends nothing: the ledger confirms the head of the person's stream before it is told. */
@CommandHandler(AssessDisclosureCommand)
export class AssessDisclosureHandler implements ICommandHandler<AssessDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly intentions: Intentions,
  ) {}

  async execute({ person, wish, request }: AssessDisclosureCommand): Promise<AssessedIntention> {
    let assessed: Assessed | undefined;
    const outcome = await this.desk.decide<never>(person, request, async (state, facts) => {
      const resolved = await this.intentions.resolve(wish, state, facts);
      if (resolved.kind === 'rejected') return resolved;
      const answered = assessDisclosure(state, resolved.value.intended, resolved.value.facts);
      if (answered.kind === 'rejected') return answered;
      assessed = answered;
      return accept();
    });
    return { outcome, assessed };
  }
}
