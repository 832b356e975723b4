# bridgecrewio/checkov#6700 and its kin: what the provider hides reaches a place where others read it.
data "aws_secretsmanager_secret_version" "db" {
  secret_id = "feed/db"
}

data "aws_ssm_parameter" "dsn" {
  name = "/feed/dsn"
}

ephemeral "aws_kms_secrets" "feed" {
  secret {
    name    = "feed"
    payload = "AQICAHh"
  }
}

resource "random_password" "db" {
  length = 24
}

variable "pin" {
  type      = string
  sensitive = true
}

locals {
  db = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  environment {
    variables = {
      DB_DSN   = "postgres://feed:${data.aws_secretsmanager_secret_version.db.secret_string}@db/feed" # expect: fail
      DB_LOGIN = local.db["password"]                                                                 # expect: fail
      BLOB     = base64encode("feed:${var.pin}")                                                      # expect: fail
    }
  }
}

# Amazon ECS Developer Guide, "Pass sensitive data to a container": secrets have a list of their own.
resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name  = "feed"
    image = "feed"
    environment = [
      { name = "LEVEL", value = "INFO" },
      { name = "DSN", value = data.aws_ssm_parameter.dsn.value }, # expect: fail
    ]
    secrets = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db" }]
  }])
}

# AWS CodeBuild User Guide, "Environment variables": a value of type PLAINTEXT is shown in the console.
resource "aws_codebuild_project" "feed" {
  name = "feed"
  environment {
    environment_variable {
      name  = "LOGIN"
      value = random_password.db.result # expect: fail
    }
    environment_variable {
      name  = "FROM"
      value = "/feed/dsn"
      type  = "PARAMETER_STORE"
    }
  }
}

resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::123456789012:role/load"
  default_arguments = {
    "--login" = aws_iam_access_key.feed.secret # expect: fail
  }
}

resource "aws_iam_access_key" "feed" {
  user = "feed"
}

resource "aws_instance" "box" {
  instance_type = "t3.small"
  # expect: fail +1
  user_data = <<-EOT
    #!/bin/sh
    echo ${local.db.password} > /etc/feed
  EOT
}

resource "aws_elastic_beanstalk_environment" "feed" {
  name        = "feed"
  application = "feed"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "LOGIN"
    value     = data.aws_secretsmanager_secret_version.db.secret_string # expect: fail
  }
}
