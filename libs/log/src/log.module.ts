import { Module } from '@nestjs/common';
import { LogController } from './log.controller.js';
import { ProofsController } from './proofs.controller.js';

/** The log over HTTP. Asks for `ServedLog`, `Ledger` and `Sealing` from whoever composes it. */
@Module({ controllers: [LogController, ProofsController] })
export class LogModule {}
