import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, PersonDesk, type ContestAnswered, type PersonId } from '#person';
import { recordedAt } from '../recorded-at.js';
import { answerContest } from './answer-contest.js';

export interface ContestAnswerGiven extends Omit<ContestAnswered['data'], 'by'> {
  /** Left out: the caller's mandate. */
  readonly by?: string;
  readonly effectiveAt?: Effective;
}

export class AnswerContestCommand {
  constructor(
    readonly person: PersonId,
    readonly given: ContestAnswerGiven,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AnswerContestCommand)
export class AnswerContestHandler implements ICommandHandler<AnswerContestCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, given, request }: AnswerContestCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const by = await actingMandate(this.directory, facts.caller, 'by', given.by);
      if (by.kind === 'rejected') return by;
      const { mandate } = by.value;
      const { effectiveAt, ...said } = given;
      const answer = { ...said, by: mandate.mandate };
      const recorded = await recordedAt(this.directory, state, given.disclosure);
      return answerContest(state, { answer, mandate, ...recorded, effectiveAt }, facts);
    });
  }
}
