data "aws_iam_policy_document" "t" {
  dynamic "statement" {
    for_each = { "lambda.amazonaws.com" = "Service", "*" = "AWS" }
    content {
      actions = ["sts:AssumeRole"]
      principals {
        type        = statement.value
        identifiers = [statement.key]
      }
    }
  }
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.t.json
}
