# The examples are applied as they stand.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  lambda_zip_path = "tests/mocks/aws.tfmock.hcl"
}

run "one_system_is_made_and_its_publishers_are_told_what_they_may_do" {
  module {
    source = "./examples/one_system"
  }

  assert {
    condition     = keys(output.publisher_policies) == ["coinbase", "kraken"] && module.market_data.function_names.trade == "lambda-trade-example"
    error_message = "The system does not take what the example says."
  }
}

run "systems_share_an_account_and_no_name" {
  module {
    source = "./examples/several_systems"
  }

  # Alarms deliver nothing, and are half of what there is.
  override_module {
    target = module.market_data.module.observability
    outputs = {
      alarm_names     = []
      alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:topic-alarms-example"
      dashboard_name  = "dashboard"
      page_topic_arn  = "arn:aws:sns:us-east-1:123456789012:topic-page-example"
    }
  }

  assert {
    condition     = module.market_data["crypto"].market_table_name == "table-market-crypto-example" && module.market_data["equity"].market_table_name == "table-market-equity-example"
    error_message = "Two systems have names in common."
  }

  assert {
    condition     = keys(module.market_data["crypto"].routes) == ["trade"] && keys(module.market_data["equity"].queue_urls) == ["quote", "trade"]
    error_message = "A system has routes that are not its own."
  }

  assert {
    condition     = keys(output.event_bus_arns) == ["crypto", "equity"]
    error_message = "A system has no bus."
  }
}

run "a_system_is_made_by_the_rules_of_the_account" {
  module {
    source = "./examples/governed_account"
  }

  variables {
    code_signing_config_arn  = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"
    package                  = { bucket = "packages", key = "lambda.zip", object_version = "v1", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    vpc                      = { security_group_ids = ["sg-0123456789abcdef0"], subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }
  }

  override_module {
    target = module.market_data.module.observability
    outputs = {
      alarm_names     = []
      alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:topic-alarms-example"
      dashboard_name  = "dashboard"
      page_topic_arn  = "arn:aws:sns:us-east-1:123456789012:topic-page-example"
    }
  }

  assert {
    condition     = keys(output.role_arns) == ["book", "quarantine", "quote", "sealer", "status", "trade"]
    error_message = "A function has no role."
  }
}
