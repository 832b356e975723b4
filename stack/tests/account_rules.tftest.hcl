# What an account may demand: a path and a boundary of every role, functions in a VPC, and a signed package from S3.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account               = { id = "123456789012", partition = "aws", region = "us-east-1" }
  async_maximum_age_s   = 3600
  data_key_arn          = "arn:aws:kms:us-east-1:123456789012:key/data"
  dlq_retention_seconds = 1209600
  environment           = { LOG_ORIGIN = "tapeproof/test" }
  environment_suffix    = "test"
  log_retention_days    = 365
  roles                 = { path = "/workloads/", permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary" }

  function = {
    architecture            = "arm64"
    code_signing_config_arn = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"
    memory_mb               = 512
    provisioned_concurrency = 0
    runtime                 = "python3.11"
    timeout_s               = 15
    tracing_mode            = "Active"
    vpc                     = { security_group_ids = ["sg-1"], subnet_ids = ["subnet-1", "subnet-2"] }
    zip_s3                  = { bucket = "packages", key = "lambda.zip", object_version = "v1", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }
}

run "a_route_keeps_the_rules_of_the_account" {
  module {
    source = "./modules/processor"
  }

  variables {
    audit_table_arn  = "arn:aws:dynamodb:us-east-1:123456789012:table/table-audit-test"
    delivery         = "direct"
    event_bus_name   = "bus-market-data-test"
    event_pattern    = "{\"source\":[\"marketdata.coinbase\"]}"
    market_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/table-market-test"
    name             = "trade"
    target_retry     = { attempts = 185, maximum_age_s = 3600 }
  }

  assert {
    condition     = aws_iam_role.function.path == "/workloads/" && aws_iam_role.function.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The route's role is not under the path, or not within the boundary."
  }

  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-1", "subnet-2"]) && aws_lambda_function.this.vpc_config[0].security_group_ids == toset(["sg-1"])
    error_message = "The route's function is not in the VPC."
  }

  assert {
    condition     = [aws_lambda_function.this.s3_bucket, aws_lambda_function.this.s3_key, aws_lambda_function.this.s3_object_version, aws_lambda_function.this.source_code_hash] == ["packages", "lambda.zip", "v1", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="] && aws_lambda_function.this.filename == null && endswith(aws_lambda_function.this.code_signing_config_arn, "csc-0123456789abcdef0")
    error_message = "The route's package is not the signed one."
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.function.policy).Statement : statement.Sid => statement.Resource if contains(["AttachToVpc", "DescribeVpc"], statement.Sid) } == { AttachToVpc = ["arn:aws:ec2:us-east-1:123456789012:*/*"], DescribeVpc = ["*"] }
    error_message = "Lambda cannot attach the route's function to the VPC."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.function.policy).Statement : [statement.Effect, statement.Condition.ArnEquals["lambda:SourceFunctionArn"]] if statement.Sid == "NotFromCode"] == [["Deny", "arn:aws:lambda:us-east-1:123456789012:function:lambda-trade-test"]]
    error_message = "The route's code may make network interfaces itself."
  }
}

run "the_sealer_and_its_schedule_keep_the_rules_of_the_account" {
  module {
    source = "./modules/audit_log"
  }

  variables {
    checkpoint_algorithm       = "ECDSA_P256"
    checkpoint_key_generations = ["1"]
    key_administration_actions = ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]
    key_deletion_window_days   = 7
    overwritten_tile_days      = 90
    seal_every_minutes         = 1
    sign_from_function_only    = true
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.schedule, aws_iam_role.sealer] : role.path == "/workloads/" && role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"])
    error_message = "A role of the audit log is not under the path, or not within the boundary."
  }

  assert {
    condition     = aws_lambda_function.sealer.vpc_config[0].subnet_ids == toset(["subnet-1", "subnet-2"]) && aws_lambda_function.sealer.s3_bucket == "packages" && aws_lambda_function.sealer.filename == null && aws_lambda_function.sealer.code_signing_config_arn != null
    error_message = "The sealer is not in the VPC, or its package is not the signed one."
  }

  assert {
    condition     = length([for statement in jsondecode(aws_iam_role_policy.sealer.policy).Statement : statement if contains(["AttachToVpc", "DescribeVpc", "NotFromCode"], statement.Sid)]) == 3
    error_message = "Lambda cannot attach the sealer to the VPC, or its code may do so itself."
  }
}

run "the_auditor_keeps_the_rules_of_the_account" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    auditor_principal_arns   = ["arn:aws:iam::210987654321:role/auditor"]
    lambda_zip_path          = "tests/mocks/aws.tfmock.hcl"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    role_path                = "/workloads/"
    routes                   = { trade = { detail_types = ["Trade"] } }
  }

  assert {
    condition     = terraform_data.suffix.input == var.environment_suffix
    error_message = "The suffix that the system is first applied with is not remembered, so another would replace it."
  }

  assert {
    condition     = aws_iam_role.auditor[0].path == "/workloads/" && aws_iam_role.auditor[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary" && aws_iam_policy.auditor_routes["1"].path == "/workloads/"
    error_message = "The auditor's role or policies are not under the path, or not within the boundary."
  }
}
