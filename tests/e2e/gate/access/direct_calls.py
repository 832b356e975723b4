"""One call for each action that the stack's policies grant, made for its refusal only.

What a caller may do is decided before the call is carried out. Where a call would change what the stack holds, it
carries something that is refused afterwards: whatever is answered, nothing is different.
"""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["REFUSALS", "Call", "call_for"]

REFUSALS = frozenset({"AccessDenied", "AccessDeniedException", "AuthorizationError"})
"""The codes that say that the caller may not; every other answer comes from further inside."""
_SIGN = {"Message": b"none", "SigningAlgorithm": "ECDSA_SHA_256"}
_CALLS: dict[str, dict[str, Any]] = {
    "dynamodb:GetItem": {"Key": {"pk": {"S": "none"}, "sk": {"S": "none"}}},
    "dynamodb:PutItem": {
        "Item": {"pk": {"S": "none"}, "sk": {"S": "none"}},
        "ConditionExpression": "attribute_exists(none)",
    },
    "dynamodb:Query": {
        "KeyConditionExpression": "pk = :none",
        "ExpressionAttributeValues": {":none": {"S": "none"}},
    },
    "kms:CancelKeyDeletion": {},
    "kms:CreateGrant": {"GranteePrincipal": "none", "Operations": ["None"]},
    "kms:Decrypt": {"CiphertextBlob": b"none"},
    "kms:DescribeKey": {},
    "kms:DisableKey": {},
    "kms:DisableKeyRotation": {},
    "kms:EnableKey": {},
    "kms:EnableKeyRotation": {},
    "kms:Encrypt": {"Plaintext": b"none"},
    "kms:GenerateDataKey": {"KeySpec": "AES_256"},
    "kms:GenerateDataKeyWithoutPlaintext": {"KeySpec": "AES_256"},
    "kms:GetKeyPolicy": {"PolicyName": "default"},
    "kms:GetKeyRotationStatus": {},
    "kms:GetPublicKey": {},
    "kms:ListGrants": {},
    "kms:ListKeyPolicies": {},
    "kms:ListKeyRotations": {},
    "kms:ListResourceTags": {},
    "kms:PutKeyPolicy": {"PolicyName": "none", "Policy": "{}"},
    "kms:RevokeGrant": {"GrantId": "none"},
    "kms:ScheduleKeyDeletion": {"PendingWindowInDays": 1},
    "kms:Sign": _SIGN,
    "kms:TagResource": {"Tags": []},
    "kms:UntagResource": {"TagKeys": []},
    "kms:UpdateKeyDescription": {"Description": "none"},
    "kms:Verify": {**_SIGN, "Signature": b"none"},
    "lambda:InvokeFunction": {"InvocationType": "DryRun"},
    "s3:GetObject": {},
    "s3:ListBucket": {"MaxKeys": 1},
    "s3:PutObject": {"Body": b"none", "IfMatch": '"none"'},
    "sqs:DeleteMessage": {"ReceiptHandle": "none"},
    "sqs:GetQueueAttributes": {"AttributeNames": ["QueueArn"]},
    "sqs:ReceiveMessage": {"MaxNumberOfMessages": 11},
    "sqs:SendMessage": {"MessageBody": "\x01"},
}
_OPERATIONS = {"lambda:InvokeFunction": "Invoke", "s3:ListBucket": "ListObjectsV2"}


class Call(NamedTuple):
    """An operation of one service, and its parameters."""

    service: str
    operation: str
    parameters: dict[str, Any]


def call_for(action: str, arn: str, endpoint: str) -> Call | None:
    """Return the call that asks for one action on one resource; None where there is none."""
    if action not in _CALLS:
        return None
    service, name = action.split(":")
    return Call(service, _OPERATIONS.get(action, name), {**_CALLS[action], **_addressed(service, arn, endpoint)})


def _addressed(service: str, arn: str, endpoint: str) -> dict[str, str]:
    *_, account, own = arn.split(":", 5)
    if service == "sqs":
        return {"QueueUrl": f"{endpoint}/{account}/{own}"}
    if service == "s3":
        bucket, _, key = own.partition("/")
        return {"Bucket": bucket, **({"Key": key} if key else {})}
    if service == "lambda":
        return {"FunctionName": arn}
    return {"TableName": own.partition("/")[2]} if service == "dynamodb" else {"KeyId": arn}
