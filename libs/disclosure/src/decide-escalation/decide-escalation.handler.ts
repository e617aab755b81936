import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { notFound, PersonDesk, type PersonId } from '#person';
import { Intentions } from '../intention.query.js';
import { decideEscalation, type DecideEscalation } from './decide-escalation.js';

export class DecideEscalationCommand {
  constructor(
    readonly person: PersonId,
    readonly decision: DecideEscalation,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(DecideEscalationCommand)
export class DecideEscalationHandler implements ICommandHandler<DecideEscalationCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly intentions: Intentions,
  ) {}

  execute({ person, decision, request }: DecideEscalationCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const waiting = state.escalations.get(decision.decided.disclosure);
      if (!waiting) return notFound('disclosure that waits for a decision');
      const { effectiveAt } = decision;
      const all = await this.intentions.factsOf({ ...waiting.act, effectiveAt }, state, facts);
      return decideEscalation(state, decision, all);
    });
  }
}
