import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { requestErasure, type RequestErasure } from './request-erasure.js';

export class RequestErasureCommand {
  constructor(
    readonly person: PersonId,
    readonly groundsToKeep: RequestErasure['groundsToKeep'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RequestErasureCommand)
export class RequestErasureHandler implements ICommandHandler<RequestErasureCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, groundsToKeep, request }: RequestErasureCommand) {
    const command = { request: randomUUID(), groundsToKeep };
    return this.desk.decideWhileErasing(person, request, (state) => requestErasure(state, command));
  }
}
