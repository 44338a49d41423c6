import { type AwsAnswer, awsError } from '../http/aws-answer.ts';

export const bad = (message: string): AwsAnswer => awsError(400, 'BadRequestException', message);
export const rejected = (message: string): AwsAnswer => awsError(400, 'MessageRejected', message);
export const notFound = (message: string): AwsAnswer => awsError(404, 'NotFoundException', message);
