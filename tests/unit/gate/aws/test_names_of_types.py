"""Which types have a name of their own, and what it may begin with."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.naming import NAMEABLE


@pytest.mark.parametrize(
    ("type_", "attribute", "words"),
    [
        ("aws_sqs_queue", "name", ("queue",)),
        ("aws_appsync_graphql_api", "name", ("api", "graphql-api", "appsync-graphql-api")),
        ("aws_dax_cluster", "cluster_name", ("cluster", "dax-cluster")),
        (
            "aws_elasticache_replication_group",
            "replication_group_id",
            ("group", "replication-group", "elasticache-replication-group"),
        ),
        ("aws_rds_cluster_instance", "identifier", ("instance", "cluster-instance", "rds-cluster-instance")),
        ("aws_s3_directory_bucket", "bucket", ("bucket", "directory-bucket", "s3-directory-bucket")),
    ],
)
def test_a_type_is_named_by_its_attribute_and_the_words_of_its_type(
    type_: str, attribute: str, words: tuple[str, ...]
) -> None:
    assert NAMEABLE[type_] == (attribute, words)


@pytest.mark.parametrize(
    "type_",
    [
        *("aws_route53_record", "aws_route53_zone", "aws_api_gateway_stage", "aws_eks_node_group"),
        *(
            "aws_s3_bucket_versioning",
            "aws_cloudwatch_event_target",
            "aws_ssm_association",
            "aws_iam_policy_attachment",
        ),
        *("aws_cognito_user_pool_client", "aws_default_network_acl", "aws_organizations_account"),
    ],
)
def test_what_lives_inside_something_or_is_no_name_needs_no_suffix(type_: str) -> None:
    assert type_ not in NAMEABLE
