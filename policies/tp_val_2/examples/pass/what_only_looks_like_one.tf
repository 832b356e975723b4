# Checkmarx/kics#7277: the key of an object is no password.
data "aws_secretsmanager_secret_version" "db" {
  secret_id = "feed/db"
}

resource "aws_db_instance" "prices" {
  password = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["password"]
}

# Checkmarx/kics#5892 and #5897, bridgecrewio/checkov#4604 and #7310: paths, ARNs, names, files and flags.
resource "aws_lambda_function" "feed" {
  function_name = "feed"
  environment {
    variables = {
      SLACK_SIGNING_SECRET        = "projects/455826092000/secrets/SlackSigningSecret/versions/latest"
      DB_PASSWORD                 = "/feed/db/password"
      API_TOKEN                   = "arn:aws:secretsmanager:us-east-1:123456789012:secret:feed-AbCdEf"
      APP_PRIVATE_KEY             = "/etc/pki/feed.pem"
      APP_PRIVATE_KEY_SECRET_NAME = aws_secretsmanager_secret.feed.name
      FEED_SECRET                 = aws_secretsmanager_secret.feed.arn
      ROTATE_TOKEN                = "true"
      POWERTOOLS_SERVICE_NAME     = "market-data-processor-of-the-second-generation"
      RELEASE                     = "d1b0706c4879b31a195d01f3a967e8b35d95cbb7"
      TRACE                       = "1-5759e988-bd862e3fe1be46a994272793"
      TOPIC                       = "arn:aws:sns:us-east-1:123456789012:TradesOfTheDay2AndTheNight3"
    }
  }
}

resource "aws_secretsmanager_secret" "feed" {
  name = "secret-feed"
}

variable "secretsmanager_name" {
  default = "dev/api/env-main"
}

variable "create_random_password" {
  type    = bool
  default = true
}

variable "next_token" {
  default = "first"
}

# bridgecrewio/checkov#754: a digest.
resource "aws_instance" "box" {
  instance_type = "t3.small"
  user_data     = <<-EOT
    #!/bin/sh
    DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id feed/db --query SecretString)
    export TOKEN=$DB_PASSWORD
    export API_TOKEN_FILE=/run/token
    sha1sum -c d1b0706c4879b31a195d01f3a967e8b35d95cbb7
  EOT
}

resource "aws_ssm_parameter" "level" {
  name  = "/feed/level"
  type  = "String"
  value = "verbose"
}

resource "aws_iam_role_policy" "reads" {
  role = "feed"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:feed" }]
  })
}

resource "aws_db_instance" "made_by_aws" {
  manage_master_user_password = true
  password                    = var.db_password != "" ? var.db_password : null
}

variable "db_password" {
  type      = string
  sensitive = true
  default   = ""
}
