mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "test"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "tables_refuse_whoever_is_not_their_writer" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    role_path             = "/workloads/"
    table_maintainer_arns = ["arn:aws:iam::123456789012:role/log-maintainer"]
  }

  assert {
    condition     = alltrue([for policy in [aws_dynamodb_resource_policy.audit, aws_dynamodb_resource_policy.market] : alltrue([for statement in jsondecode(policy.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*" && contains(statement.Action, "dynamodb:PutItem") && contains(statement.Action, "dynamodb:PartiQLInsert")])])
    error_message = "A table's policy grants something, or leaves a way to write."
  }

  assert {
    condition     = alltrue([for policy in [aws_dynamodb_resource_policy.audit, aws_dynamodb_resource_policy.market] : jsondecode(policy.policy).Statement[0].Condition == { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/workloads/role-lambda-*-test", "arn:aws:sts::123456789012:assumed-role/role-lambda-*-test/*", "arn:aws:iam::123456789012:role/log-maintainer"] } }])
    error_message = "Somebody but the functions and the named maintainers may write to a table."
  }

  assert {
    condition     = jsondecode(aws_dynamodb_resource_policy.audit.policy).Statement[1].Condition == { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/workloads/role-lambda-sealer-test", "arn:aws:sts::123456789012:assumed-role/role-lambda-sealer-test/*", "arn:aws:iam::123456789012:role/log-maintainer"] }, "ForAnyValue:StringEquals" = { "dynamodb:LeadingKeys" = ["C"] } }
    error_message = "A processor may write the head of the log."
  }

  assert {
    condition     = aws_dynamodb_resource_policy.audit.resource_arn == module.audit_log.table_arn && aws_dynamodb_resource_policy.market.resource_arn == module.market_store.table_arn
    error_message = "A policy is on another table."
  }
}
