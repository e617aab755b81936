import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, PersonDesk, type PersonId } from '#person';
import { answerAccess } from './answer-access.js';

export interface AccessAnswerGiven {
  readonly request: string;
  /** Left out: the caller's mandate. */
  readonly by?: string;
  readonly effectiveAt?: Effective;
}

export class AnswerAccessCommand {
  constructor(
    readonly person: PersonId,
    readonly given: AccessAnswerGiven,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AnswerAccessCommand)
export class AnswerAccessHandler implements ICommandHandler<AnswerAccessCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, given, request }: AnswerAccessCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const by = await actingMandate(this.directory, facts.caller, 'by', given.by);
      if (by.kind === 'rejected') return by;
      const { effectiveAt } = given;
      const { mandate } = by.value;
      const command = { request: given.request, mandate, ...(effectiveAt ? { effectiveAt } : {}) };
      return answerAccess(state, command, facts);
    });
  }
}
