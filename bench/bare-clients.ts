/** The three SDK clients alone: what a function's bundle is compared with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';

export const handler = [DynamoDBClient, EventBridgeClient, SESv2Client];
