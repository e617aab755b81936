import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { answerNotice, type AnswerNotice } from './answer-notice.js';

export class AnswerNoticeCommand {
  constructor(
    readonly person: PersonId,
    readonly answer: AnswerNotice,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AnswerNoticeCommand)
export class AnswerNoticeHandler implements ICommandHandler<AnswerNoticeCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, answer, request }: AnswerNoticeCommand) {
    return this.desk.decideWhileErasing(person, request, (state, facts) =>
      answerNotice(state, answer, facts),
    );
  }
}
