resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  environment {
    variables = {
      AWS_CA_BUNDLE               = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
      DB_SECRET_NAME              = "prod/db/main"
      TAGS                        = "git.commit.sha:55e7e7703f17c41f276caf8f1a1b744d674259f8"
      PARTITION_KEY               = "customerId"
      SORT_KEY                    = "createdAt"
      KMS_KEY_ALIAS               = "alias/orders"
      TOKEN_TTL_SECONDS           = "900"
      IDEMPOTENCY_KEY_PREFIX      = "order#"
      POWERTOOLS_SERVICE_NAME     = "orders"
      AUTH_HEADER                 = "X-Api-Key"
      SECRETS_EXTENSION_HTTP_PORT = "2773"
    }
  }
}
