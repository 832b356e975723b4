# Everything once lay in this folder itself. A state from then is taken over: nothing is replaced, and no event is lost.
moved {
  from = aws_dynamodb_resource_policy.audit
  to   = module.market_data_system.aws_dynamodb_resource_policy.audit
}

moved {
  from = aws_dynamodb_resource_policy.market
  to   = module.market_data_system.aws_dynamodb_resource_policy.market
}

moved {
  from = aws_iam_policy.auditor_routes
  to   = module.market_data_system.aws_iam_policy.auditor_routes
}

moved {
  from = aws_iam_role.auditor
  to   = module.market_data_system.aws_iam_role.auditor
}

moved {
  from = aws_iam_role_policy.auditor
  to   = module.market_data_system.aws_iam_role_policy.auditor
}

moved {
  from = aws_iam_role_policy_attachment.auditor_routes
  to   = module.market_data_system.aws_iam_role_policy_attachment.auditor_routes
}

moved {
  from = aws_kms_alias.data
  to   = module.market_data_system.aws_kms_alias.data
}

moved {
  from = aws_kms_key.data
  to   = module.market_data_system.aws_kms_key.data
}

moved {
  from = module.audit_log
  to   = module.market_data_system.module.audit_log
}

moved {
  from = module.event_bus
  to   = module.market_data_system.module.event_bus
}

moved {
  from = module.market_store
  to   = module.market_data_system.module.market_store
}

moved {
  from = module.observability
  to   = module.market_data_system.module.observability
}

moved {
  from = module.processor
  to   = module.market_data_system.module.processor
}

moved {
  from = module.quarantine
  to   = module.market_data_system.module.quarantine
}
