import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, PersonDesk, type ObjectionAnswered, type PersonId } from '#person';
import { answerObjection } from './answer-objection.js';

export interface AnswerGiven extends Omit<ObjectionAnswered['data'], 'by' | 'institution'> {
  /** Left out: the caller's mandate. */
  readonly by?: string;
  readonly effectiveAt?: Effective;
}

export class AnswerObjectionCommand {
  constructor(
    readonly person: PersonId,
    readonly given: AnswerGiven,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AnswerObjectionCommand)
export class AnswerObjectionHandler implements ICommandHandler<AnswerObjectionCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, given, request }: AnswerObjectionCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const by = await actingMandate(this.directory, facts.caller, 'by', given.by);
      if (by.kind === 'rejected') return by;
      const { mandate, institution } = by.value;
      const { effectiveAt, ...said } = given;
      const answer = { ...said, by: mandate.mandate, institution };
      return answerObjection(state, { answer, mandate, effectiveAt }, facts);
    });
  }
}
