import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  OneOf,
  PersonParam,
  Recording,
  Text,
  type CommandRequest,
} from '#http';
import type { NoticeAcknowledged, NoticeClosed, NoticeContested, NoticeId, PersonId } from '#person';
import type { AnswerNotice } from './answer-notice.js';
import { AnswerNoticeCommand } from './answer-notice.handler.js';

export class AnswerNoticeRequest {
  @OneOf(['acknowledged', 'contested', 'impossible']) answer!: AnswerNotice['answer'];
  @Text(1000, { optional: true, description: 'The legal ground, or why it is impossible.' }) reason?: string;
}

@Controller('v1/persons/:person/notices/:notice/answer')
export class AnswerNoticeController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Answer a notice for its holder: acknowledge it, contest it with a ground, or say why it is impossible.',
  )
  @Callers('mandate', 'client')
  async answer(
    @PersonParam() person: PersonId,
    @IdParam('notice') notice: NoticeId,
    @Body() { answer: given, reason }: AnswerNoticeRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const answered = { notice, answer: given, ...(reason ? { reason } : {}) };
    const outcome: Outcome<NoticeAcknowledged | NoticeContested | NoticeClosed> = await this.commands.execute(
      new AnswerNoticeCommand(person, answered, request),
    );
    return answer(outcome, () => ({}));
  }
}
