import { Module } from '@nestjs/common';
import { OutboxController } from './outbox.controller.js';
import { WebhookSecretController } from './webhook-secret.controller.js';

@Module({ controllers: [OutboxController, WebhookSecretController] })
export class OutboxModule {}
