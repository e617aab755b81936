export { answerCalls, callsTo, type Remote } from './calls.js';
