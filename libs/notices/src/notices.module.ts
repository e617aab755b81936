import { Module } from '@nestjs/common';
import { AnswerNoticeController } from './answer-notice/answer-notice.controller.js';
import { AnswerNoticeHandler } from './answer-notice/answer-notice.handler.js';

@Module({ controllers: [AnswerNoticeController], providers: [AnswerNoticeHandler] })
export class NoticesModule {}
