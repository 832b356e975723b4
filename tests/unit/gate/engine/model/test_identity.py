"""Names, ARNs and URLs lead to the resource they mean, also when they are put together from parts."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Known, Piece, Ref, Resource, Stack, Text, Undecided, Unknown, Value

ACCOUNT = Ref("data.aws_caller_identity.current", "account_id")
REGION = Unknown("var.region has no value", "var.region")
SUFFIX = Unknown("var.suffix has no value", "var.suffix")


def made(*contents: str | Ref | Unknown) -> Value:
    return Text(tuple(Piece(content) for content in contents))


def named(type_: str, name: Value, attribute: str = "name") -> Resource:
    return Resource(type=type_, address=f"{type_}.x", name="x", attributes={attribute: name})


QUEUE = named("aws_sqs_queue", Known("queue-trade-dev"))
OPEN_QUEUE = named("aws_sqs_queue", made("queue-trade-", SUFFIX))
FUNCTION = named("aws_lambda_function", Known("trade"), "function_name")
RULE = named("aws_cloudwatch_event_rule", Known("rule-trade"))
GROUP = named("aws_cloudwatch_log_group", Known("/aws/lambda/trade"))
BUCKET = named("aws_s3_bucket", Known("tiles"), "bucket")
TABLE = named("aws_dynamodb_table", Known("market"))
ALIAS = Resource(
    type="aws_lambda_alias",
    address="aws_lambda_alias.x",
    name="x",
    attributes={"name": Known("live"), "function_name": Known("trade")},
)
ROLE = named("aws_iam_role", Known("trade"))


@pytest.mark.parametrize(
    ("value", "resource"),
    [
        (Known("queue-trade-dev"), QUEUE),
        (Known("arn:aws:sqs:us-east-1:123456789012:queue-trade-dev"), QUEUE),
        (made("arn:aws:sqs:", REGION, ":", ACCOUNT, ":queue-trade-dev"), QUEUE),
        (made("arn:aws:sqs:us-east-1:", ACCOUNT, ":queue-trade-", SUFFIX), OPEN_QUEUE),
        (Known("https://sqs.us-east-1.amazonaws.com/123456789012/queue-trade-dev"), QUEUE),
        (made("https://sqs.", REGION, ".amazonaws.com/", ACCOUNT, "/queue-trade-dev"), QUEUE),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:trade"), FUNCTION),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:trade:live"), FUNCTION),
        (Known("trade:live"), FUNCTION),
        (Known("arn:aws:events:us-east-1:123456789012:rule/rule-trade"), RULE),
        (Known("arn:aws:events:us-east-1:123456789012:rule/bus-market/rule-trade"), RULE),
        (made("arn:aws:events:us-east-1:", ACCOUNT, ":rule/", Ref("aws_x.y", "id"), "/rule-trade"), RULE),
        (Known("arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/trade:*"), GROUP),
        (Known("arn:aws:s3:::tiles"), BUCKET),
        (Known("arn:aws:s3:::tiles/a/b*"), BUCKET),
        (Known("arn:aws:dynamodb:us-east-1:123456789012:table/market/index/x"), TABLE),
        (Known("arn:aws:iam::123456789012:role/service/trade"), ROLE),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:trade:live"), ALIAS),
    ],
)
def test_it_leads_to_the_resource(value: Value, resource: Resource) -> None:
    assert Stack(root="x", front_end="hcl", everything=(resource,)).resolve(value) == (resource,)


@pytest.mark.parametrize(
    ("value", "resource"),
    [
        (Known("queue-trade"), QUEUE),
        (Known("arn:aws:sns:us-east-1:123456789012:queue-trade-dev"), QUEUE),
        (Known("arn:aws:sqs:us-east-1:123456789012:queue-trade-prod"), QUEUE),
        (made("arn:aws:sqs:", REGION, ":", ACCOUNT, ":queue-trade-prod"), QUEUE),
        (made("arn:aws:sqs:", REGION, ":", ACCOUNT, ":topic-", SUFFIX), OPEN_QUEUE),
        (Known("arn:aws:lambda:us-east-1:123456789012:layer:trade"), FUNCTION),
        (Known("arn:aws:events:us-east-1:123456789012:event-bus/rule-trade"), RULE),
        (Known("arn:aws:s3:::tiles-of-others"), BUCKET),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:quote:live"), ALIAS),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:trade:next"), ALIAS),
        (Known("arn:aws:lambda:us-east-1:123456789012:function:trade"), ALIAS),
    ],
)
def test_it_leads_nowhere(value: Value, resource: Resource) -> None:
    assert Stack(root="x", front_end="hcl", everything=(resource,)).resolve(value) == ()


@pytest.mark.parametrize(
    ("value", "resource"),
    [
        (SUFFIX, QUEUE),
        (made("arn:aws:sqs:us-east-1:", ACCOUNT, ":queue-trade-", SUFFIX), QUEUE),
        (made("arn:", REGION), QUEUE),
        (made("arn:aws:lambda:us-east-1:", ACCOUNT, ":", SUFFIX), FUNCTION),
    ],
)
def test_it_may_lead_there_and_then_nobody_says_it_does_not(value: Value, resource: Resource) -> None:
    with pytest.raises(Undecided):
        Stack(root="x", front_end="hcl", everything=(resource,)).resolve(value)
