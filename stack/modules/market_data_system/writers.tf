# Who writes to the tables is said at the tables as well, so that a grant elsewhere in the account is not enough. The
# policies grant nothing (Amazon DynamoDB Developer Guide, "Using resource-based policies for DynamoDB").
locals {
  # Roles are named by pattern, so that a route that comes or goes changes no policy under a running function. AWS names
  # the role of whoever has taken it; the embedded AWS names the session.
  principals_of = {
    for name in ["*", "sealer"] : name => [
      "arn:${local.account.partition}:iam::${local.account.id}:role${var.role_path}role-lambda-${name}-${var.environment_suffix}",
      "arn:${local.account.partition}:sts::${local.account.id}:assumed-role/role-lambda-${name}-${var.environment_suffix}/*",
    ]
  }
  writing_actions = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:UpdateItem"]
}

resource "aws_dynamodb_resource_policy" "audit" {
  resource_arn = module.audit_log.table_arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyFunctionsWrite"
        Effect    = "Deny"
        Principal = "*"
        Action    = local.writing_actions
        Resource  = module.audit_log.table_arn
        Condition = { ArnNotLike = { "aws:PrincipalArn" = concat(local.principals_of["*"], var.table_maintainer_arns) } }
      },
      {
        # The head of the log, its checkpoints and requests.
        Sid       = "OnlySealerWritesHead"
        Effect    = "Deny"
        Principal = "*"
        Action    = local.writing_actions
        Resource  = module.audit_log.table_arn
        Condition = {
          ArnNotLike                 = { "aws:PrincipalArn" = concat(local.principals_of["sealer"], var.table_maintainer_arns) }
          "ForAnyValue:StringEquals" = { "dynamodb:LeadingKeys" = ["C"] }
        }
      },
    ]
  })
}

resource "aws_dynamodb_resource_policy" "market" {
  resource_arn = module.market_store.table_arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyFunctionsWrite"
      Effect    = "Deny"
      Principal = "*"
      Action    = local.writing_actions
      Resource  = module.market_store.table_arn
      Condition = { ArnNotLike = { "aws:PrincipalArn" = concat(local.principals_of["*"], var.table_maintainer_arns) } }
    }]
  })
}
