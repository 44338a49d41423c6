import { randomUUID } from 'node:crypto';
import { account } from '../aws.ts';
import { type AwsAnswer, escapeXml, Xml } from './aws-answer.ts';
import type { Caller } from './caller.ts';

/**
 * The older services (STS, CloudFormation, SNS, SES v1) accept forms and answer in XML. Only GetCallerIdentity is
 * emulated, because clients call it first. Every other call gets an XML error, which clients can parse.
 */
export const isQueryCall = (contentType: string | undefined): boolean =>
  contentType?.startsWith('application/x-www-form-urlencoded') ?? false;

function identityAnswer(arn: string): AwsAnswer {
  const userId = arn.split('/').at(-1) ?? '';
  return {
    status: 200,
    body: new Xml(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId><Account>${account}</Account>` +
        `</GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
        '</GetCallerIdentityResponse>',
    ),
  };
}

export function queryError(status: number, code: string, message: string): AwsAnswer {
  return {
    status,
    body: new Xml(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code>` +
        `<Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    ),
  };
}

export function queryCall(body: Buffer, caller: Caller, callerArn: string): AwsAnswer {
  const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
  if (action === 'GetCallerIdentity') return identityAnswer(callerArn);
  const service = caller.service || 'this service';
  return queryError(400, 'InvalidAction', `The local run does not play ${service}:${action}`);
}
