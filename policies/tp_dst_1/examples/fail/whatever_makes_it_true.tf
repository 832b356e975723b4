locals {
  production = "prod" != "dev" # expect: fail
}

resource "aws_sqs_queue" "literal" {
  name = "literal"
  lifecycle {
    prevent_destroy = true # expect: fail
  }
}

resource "aws_sqs_queue" "text" {
  name = "text"
  lifecycle {
    prevent_destroy = "true" # expect: fail
  }
}

resource "aws_sqs_queue" "computed" {
  name = "computed"
  lifecycle {
    prevent_destroy = local.production
  }
}

resource "aws_sqs_queue" "each" {
  for_each = toset(["a", "b"])
  name     = each.key
  lifecycle {
    prevent_destroy = !false # expect: fail
  }
}
