import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { answerNotice, type AnswerNotice } from './answer-notice.js';

export class AnswerNoticeCommand {
  constructor(
    readonly person: PersonId,
    readonly answer: Omit<AnswerNotice, 'callerInstitution'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AnswerNoticeCommand)
export class AnswerNoticeHandler implements ICommandHandler<AnswerNoticeCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, answer, request }: AnswerNoticeCommand) {
    return this.desk.decideWhileErasing(person, request, async (state, facts) => {
      const { caller } = facts;
      const own = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
      return answerNotice(state, { ...answer, ...(own ? { callerInstitution: own } : {}) }, facts);
    });
  }
}
