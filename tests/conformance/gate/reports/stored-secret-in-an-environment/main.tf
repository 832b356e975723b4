data "aws_ssm_parameter" "token" {
  name = "/feed/token"
}

locals {
  environment = merge({ STAGE = "dev" }, { TOKEN = data.aws_ssm_parameter.token.value })
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  dynamic "environment" {
    for_each = [local.environment]
    content {
      variables = environment.value
    }
  }
}
