data "aws_secretsmanager_secret_version" "db" {
  secret_id = "feed/db"
}

locals {
  db = jsondecode(nonsensitive(data.aws_secretsmanager_secret_version.db.secret_string))
}

resource "aws_apprunner_service" "s" {
  service_name = "s"
  source_configuration {
    image_repository {
      image_identifier      = "x:1"
      image_repository_type = "ECR"
      image_configuration {
        runtime_environment_variables = { URL = format("postgres://%s:%s@db", local.db["user"], local.db["pass"]) }
      }
    }
  }
}
