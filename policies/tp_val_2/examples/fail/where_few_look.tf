# Checkmarx/kics#6228: keys in the provider's own configuration.
provider "aws" {
  region     = "us-east-1"
  secret_key = "abcdEFGHijklMNOPqrstUVWXyz0123456789+/ab" # expect: fail
  token      = "FwoGZXIvYXdzEBYaD"                        # expect: fail
}

provider "datadog" {
  api_key = "0123456789abcdef0123456789abcdef" # expect: fail
}

# UnitOneAI/SecuritySkills#2302: a variable that is sensitive, and its default in source.
variable "dsn" {
  type      = string
  sensitive = true
  default   = "Tr0ub4dor-and-3" # expect: fail
}

variable "credentials" {
  type      = object({ user = string, value = string })
  sensitive = true
  default = {
    user  = ""
    value = "Tr0ub4dor-and-3" # expect: fail
  }
}

# aquasecurity/tfsec#235: a script that runs at launch.
resource "aws_launch_configuration" "box" {
  image_id      = "ami-1"
  instance_type = "t3.small"
  user_data     = <<-EOT
    #!/bin/sh
    export AWS_SECRET_ACCESS_KEY=abcdEFGHijklMNOPqrstUVWXyz0123456789+/ab # expect: fail
    PGPASSWORD='Tr0ub4dor-and-3' psql -f seed.sql # expect: fail
    mysql --password=Tr0ub4dor-and-3 < seed.sql # expect: fail
    export REGION=us-east-1
  EOT
}

resource "aws_ssm_parameter" "key" {
  name  = "/feed/key"
  type  = "SecureString"
  value = local.key
}

locals {
  key = "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae" # expect: fail
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
  secret_string = jsonencode({
    username = "feed"
    value    = "Tr0ub4dor-and-3" # expect: fail
  })
}

resource "aws_cloudwatch_event_connection" "feed" {
  name               = "feed"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-feed"
      value = "Tr0ub4dor-and-3" # expect: fail
    }
  }
}

resource "aws_elasticache_user" "reader" {
  user_id       = "reader"
  user_name     = "reader"
  access_string = "on ~* +@read"
  engine        = "redis"
  passwords     = ["Tr0ub4dor-and-3-and-4"] # expect: fail
}

resource "aws_glue_connection" "warehouse" {
  name = "warehouse"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://warehouse/prices"
    PASSWORD            = "Tr0ub4dor-and-3" # expect: fail
  }
}

resource "null_resource" "seed" {
  connection {
    type     = "ssh"
    password = "Tr0ub4dor-and-3" # expect: fail
  }
}
